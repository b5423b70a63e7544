import { CampaignFields } from '@siar/contract'
import {
  createCampaignsService,
  createCampaignStartService,
} from '../apps/server/src/features/campaigns/index.ts'
import { systemActor } from '../apps/server/src/core.ts'
import type { Core } from '../apps/server/src/core.ts'
import { insertCrowd } from './audience/people.ts'
import type { Crowd } from './audience/people.ts'
import { median, rounded } from './bench.ts'
import type { Bench } from './bench.ts'
import { startServer } from './campaign-throughput/installation.ts'

interface Frozen {
  readonly ms: number
  readonly runId: string
  readonly rows: number
  readonly queued: number
}

/** The whole start of a run as the product does it, in one transaction under row security. */
async function freeze(core: Core, crowd: Crowd): Promise<Frozen> {
  const actor = { ...systemActor('bench'), role: 'owner' as const }
  const draft = CampaignFields.parse({
    name: 'Semua',
    purpose: 'marketing',
    templateId: crowd.templateId,
    audience: { include: [{ kind: 'everyone' }] },
  })
  const { id } = await createCampaignsService(core).create(crowd.workspaceId, actor, draft)
  const startedAt = performance.now()
  await createCampaignStartService(core).start(crowd.workspaceId, actor, id)
  const ms = performance.now() - startedAt
  const { rows } = await core.database.pool.query<{ run_id: string; rows: number; queued: number }>(
    `select run_id, count(*)::int as rows, count(*) filter (where status = 'queued')::int as queued
     from recipients group by run_id`,
  )
  const [row] = rows
  if (!row || rows.length !== 1) throw new Error('the freeze made no run, or more than one')
  return { ms, runId: row.run_id, rows: row.rows, queued: row.queued }
}

const columns = `id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, reason, sender_id, route_reason,
  due_at, updated_at`

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

async function empty(core: Core): Promise<void> {
  await core.database.pool.query('truncate recipients')
}

/** Claim: freezing an audience with all its rules takes at most twice as long as inserting the finished rows. */
export const bench: Bench = {
  claim: 'audience',
  run: async (args) => {
    const people = args.number('people', 1_000_000)
    const runs = args.number('runs', 3)
    const server = await startServer()
    const { core, close } = await server.install()
    const found: { freezeMs: number; bareMs: number; queued: number; rows: number }[] = []
    try {
      args.say(`making ${people} people`)
      const crowd = await insertCrowd(core, people)
      for (let run = 1; run <= runs; run += 1) {
        await empty(core)
        const { ms: freezeMs, queued, rows } = await freeze(core, crowd)
        const bareMs = await insertBare(core)
        found.push({ freezeMs, bareMs, queued, rows })
        args.say(`run ${run} of ${runs}: freeze ${rounded(freezeMs)} ms, bare ${rounded(bareMs)} ms`)
      }
    } finally {
      await close()
      await server.close()
    }
    return {
      load: `${people} people, of whom ${found[0]?.queued} may get it; consent, suppression, activity, frequency and duplicate rules; 10 senders`,
      runs,
      figures: {
        rows: found[0]?.rows ?? 0,
        freezeMs: rounded(median(found.map(({ freezeMs }) => freezeMs))),
        insertMs: rounded(median(found.map(({ bareMs }) => bareMs))),
        ratioInsert: rounded(median(found.map(({ freezeMs, bareMs }) => freezeMs / bareMs)), 2),
        segmentCountMs: null,
      },
      notes: [
        'the freeze is the whole start of a run through the service; the yardstick copies its finished rows',
      ],
    }
  },
}
