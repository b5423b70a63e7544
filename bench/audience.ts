import { loadavg } from 'node:os'
import { CampaignFields } from '@siar/contract'
import type { Experiment } from '@siar/contract'
import {
  createCampaignsService,
  createCampaignStartService,
} from '../apps/server/src/features/campaigns/index.ts'
import { systemActor } from '../apps/server/src/core.ts'
import type { Core } from '../apps/server/src/core.ts'
import { insertCrowd } from './audience/people.ts'
import type { Crowd } from './audience/people.ts'
import { insertSegmentCrowd } from './audience/segment-people.ts'
import { measureSegments } from './audience/segments.ts'
import type { SegmentFigures } from './audience/segments.ts'
import { median, rounded } from './bench.ts'
import type { Bench } from './bench.ts'
import { startServer } from './campaign-throughput/installation.ts'
import type { Server } from './campaign-throughput/installation.ts'

interface Frozen {
  readonly ms: number
  readonly rows: number
  readonly queued: number
}

/** Five of a hundred are held out, a fifth of the others gets one of two messages, the rest waits for the winner. */
const experiment: Experiment = {
  variants: ['A', 'B'].map((key) => ({
    key: key as 'A' | 'B',
    templateId: null,
    weight: 1,
    delayMinutes: 0,
  })),
  testSharePercent: 20,
  holdoutPercent: 5,
  goal: 'reply',
  decide: 'automatic',
  decideAfterHours: 4,
}

/** The whole start of a run as the product does it, in one transaction under row security. */
async function freeze(core: Core, crowd: Crowd, tested: Experiment | null): Promise<Frozen> {
  const actor = { ...systemActor('bench'), role: 'owner' as const }
  const draft = CampaignFields.parse({
    name: 'Semua',
    purpose: 'marketing',
    templateId: crowd.templateId,
    audience: { include: [{ kind: 'everyone' }] },
    experiment: tested,
  })
  const { id } = await createCampaignsService(core).create(crowd.workspaceId, actor, draft)
  const startedAt = performance.now()
  await createCampaignStartService(core).start(crowd.workspaceId, actor, id)
  const ms = performance.now() - startedAt
  const { rows } = await core.database.pool.query<{ rows: number; queued: number }>(
    `select count(*)::int as rows, count(*) filter (where status = 'queued')::int as queued
     from recipients group by run_id`,
  )
  const [row] = rows
  if (!row || rows.length !== 1) throw new Error('the freeze made no run, or more than one')
  return { ms, ...row }
}

const columns = `id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, reason, variant, sender_id,
  route_reason, due_at, updated_at`

/** The very same rows, finished, from one table into the other: no rule, no row security, no id is made. */
async function insertBare(core: Core): Promise<number> {
  const { pool } = core.database
  await pool.query(`create table frozen as select ${columns} from recipients order by sequence`)
  await pool.query('analyze frozen')
  await empty(core)
  const startedAt = performance.now()
  await pool.query(`insert into recipients (${columns}) select ${columns} from frozen`)
  const ms = performance.now() - startedAt
  await pool.query('drop table frozen')
  return ms
}

/** Nothing of one part is still to be written while the next is timed. */
async function empty(core: Core): Promise<void> {
  await core.database.pool.query('truncate recipients')
  await core.database.pool.query('checkpoint').catch(() => undefined)
}

interface Measured {
  readonly freezeMs: number
  readonly insertMs: number
  readonly ratio: number
  readonly rows: number
  readonly queued: number
}

async function measure(
  core: Core,
  crowd: Crowd,
  tested: Experiment | null,
  runs: number,
  say: (line: string) => void,
): Promise<Measured> {
  const found: Measured[] = []
  for (let run = 1; run <= runs; run += 1) {
    await empty(core)
    const { ms: freezeMs, queued, rows } = await freeze(core, crowd, tested)
    const insertMs = await insertBare(core)
    found.push({ freezeMs, insertMs, ratio: freezeMs / insertMs, queued, rows })
    const what = tested ? 'with an experiment' : 'plain'
    say(`run ${run} of ${runs}, ${what}: freeze ${rounded(freezeMs)} ms, bare ${rounded(insertMs)} ms`)
  }
  const middle = (of: 'freezeMs' | 'insertMs' | 'ratio'): number => median(found.map((one) => one[of]))
  const { queued = 0, rows = 0 } = found[0] ?? {}
  return { queued, rows, freezeMs: middle('freezeMs'), insertMs: middle('insertMs'), ratio: middle('ratio') }
}

/** In a database of its own, whose people have a past. */
async function measureCounts(
  server: Server,
  people: number,
  runs: number,
  say: (line: string) => void,
): Promise<SegmentFigures> {
  const { core, close } = await server.install()
  try {
    say(`making ${people} people with a past`)
    return await measureSegments(core, await insertSegmentCrowd(core, people), runs, say)
  } finally {
    await close()
  }
}

/** Claim: freezing an audience with all its rules takes at most twice as long as inserting the finished rows; a nested segment is counted within 300 ms. */
export const bench: Bench = {
  claim: 'audience',
  run: async (args) => {
    const people = args.number('people', 1_000_000)
    const runs = args.number('runs', 3)
    const server = await startServer()
    const { core, close } = await server.install()
    try {
      args.say(`making ${people} people`)
      const startedAt = performance.now()
      const crowd = await insertCrowd(core, people)
      args.say(`made in ${rounded((performance.now() - startedAt) / 1000)} s`)
      const plain = await measure(core, crowd, null, runs, args.say)
      const tested = await measure(core, crowd, experiment, runs, args.say)
      const counted = await measureCounts(server, people, runs, args.say)
      return {
        load: `${plain.rows} people, of whom ${plain.queued} may get it; consent, suppression, activity, frequency and duplicate rules; 10 senders`,
        runs,
        figures: {
          rows: plain.rows,
          freezeMs: rounded(plain.freezeMs),
          insertMs: rounded(plain.insertMs),
          ratioInsert: rounded(plain.ratio, 2),
          experimentFreezeMs: rounded(tested.freezeMs),
          experimentInsertMs: rounded(tested.insertMs),
          ratioInsertExperiment: rounded(tested.ratio, 2),
          ...counted,
        },
        notes: [
          'the freeze is the whole start of a run through the service; the yardstick copies its finished rows',
          `load average ${loadavg()
            .map((one) => one.toFixed(1))
            .join(' ')} at the end`,
        ],
      }
    } finally {
      await close()
      await server.close()
    }
  },
}
