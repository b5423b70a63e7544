import { setTimeout as wait } from 'node:timers/promises'
import { loadavg } from 'node:os'
import type { Core } from '../apps/server/src/core.ts'
import { median, rounded } from './bench.ts'
import type { Bench, BenchArguments, Figure } from './bench.ts'
import { startServer } from './campaign-throughput/installation.ts'
import type { Server } from './campaign-throughput/installation.ts'
import { startMeta } from './cloud-api/meta.ts'
import type { Meta, MetaReport } from './cloud-api/meta.ts'
import { buildOfficialShop } from './cloud-api/shop.ts'
import type { OfficialShop } from './cloud-api/shop.ts'
import { startSiar } from './cloud-api/siar.ts'
import { watchCost } from './cost.ts'
import { percentile } from './paced-scale/schedule.ts'
import { countStatements, watchStatements } from './statements.ts'

type Load = ReturnType<typeof readLoad>

function readLoad(args: BenchArguments) {
  const perSecond = args.number('rate', 1_000)
  return {
    perSecond,
    people: args.number('people', perSecond * args.number('seconds', 30)),
    latencyMs: args.number('latency', 200),
  }
}

interface Found {
  readonly report: MetaReport
  readonly lost: number
  readonly duplicated: number
  readonly statusesMissing: number
  readonly cost: Readonly<Record<string, Figure>>
  readonly metaCpuUsEach: number
}

/** Time for all of it at a tenth of the rate, and for the slowest people. */
const patienceMs = ({ people, perSecond }: Load): number => (people / perSecond) * 10_000 + 120_000

/** Resolves when everybody has read, as the counters say, or nobody comes any more. @returns how many have. */
async function untilAllRead(core: Core, load: Load): Promise<number> {
  const deadline = performance.now() + patienceMs(load)
  for (;;) {
    const { rows } = await core.database.pool.query<{ read: number }>(
      `select coalesce(sum(count), 0)::int as read from run_figures where figure = 'read'`,
    )
    const read = rows[0]?.read ?? 0
    if (read >= load.people || performance.now() > deadline) return read
    await wait(100)
  }
}

async function untilOnline(core: Core, { senderId }: OfficialShop): Promise<void> {
  for (;;) {
    const { rows } = await core.database.pool.query<{ told: boolean }>(
      `select status = 'online' and standing is not null as told from senders where id = $1`,
      [senderId],
    )
    if (rows[0]?.told) return
    await wait(50)
  }
}

async function runOnce(server: Server, load: Load, args: BenchArguments): Promise<Found> {
  const own = await server.install()
  const meta = await startMeta({ ...load })
  const siar = await startSiar(own.url, meta.url)
  try {
    const shop = await buildOfficialShop(siar.core, load.people, load.perSecond)
    await siar.work()
    await untilOnline(siar.core, shop)
    await meta.setWebhook(`${siar.url}/hooks/cloud-api/${shop.senderId}`)
    return await measure(server, siar.core, meta, shop, load, args)
  } finally {
    await siar.stop()
    meta.close()
    await own.close()
  }
}

async function measure(
  server: Server,
  core: Core,
  meta: Meta,
  shop: OfficialShop,
  load: Load,
  args: BenchArguments,
): Promise<Found> {
  const statements = args.flag('statements') ? await watchStatements(server.embedded) : null
  await statements?.start()
  const before = await meta.report()
  const costOf = await watchCost(core.database)
  await shop.start()
  const read = await untilAllRead(core, load)
  const cost = await costOf(load.people)
  await statements?.report(load.people, args.say)
  const report = await meta.report()
  return {
    report,
    lost: load.people - report.people,
    duplicated: report.frames - report.people,
    statusesMissing: load.people - read,
    cost,
    metaCpuUsEach: (report.cpuUs - before.cpuUs) / load.people,
  }
}

function figuresOf(load: Load, found: readonly Found[]): Record<string, Figure> {
  const middle = (of: (one: Found) => number, digits = 0): number =>
    rounded(median(found.map((one) => of(one))), digits)
  const webhook = ({ report }: Found): number[] => report.webhookMs.toSorted((a, b) => a - b)
  const share = (one: Found): number =>
    webhook(one).filter((ms) => ms > 1_000).length / Math.max(1, one.report.webhookMs.length)
  const last = found.at(-1)
  return {
    offeredPerS: load.perSecond,
    achievedPerS: middle(({ report }) => report.perSecond),
    rateRatio: middle(({ report }) => report.perSecond / load.perSecond, 3),
    webhookMsP50: middle((one) => percentile(webhook(one), 0.5), 1),
    webhookMsP99: middle((one) => percentile(webhook(one), 0.99), 1),
    webhookOver1s: middle(share, 4),
    lost: Math.max(...found.map(({ lost }) => lost)),
    duplicated: Math.max(...found.map(({ duplicated }) => duplicated)),
    statusesMissing: Math.max(...found.map(({ statusesMissing }) => statusesMissing)),
    webhooks: middle(({ report }) => report.webhookMs.length),
    webhooksFailed: Math.max(...found.map(({ report }) => report.webhooksFailed)),
    statusesEach: middle(({ report }) => report.things / Math.max(1, report.webhookMs.length), 1),
    refused: Math.max(...found.map(({ report }) => report.refused)),
    ...last?.cost,
    metaCpuUsEach: middle(({ metaCpuUsEach }) => metaCpuUsEach),
    loadAverage: rounded(loadavg()[0] ?? 0, 1),
  }
}

/** Claim: one official number keeps 1,000 messages a second, and answers the webhooks that come of it in time. */
export const bench: Bench = {
  claim: 'cloud-api',
  run: async (args) => {
    const load = readLoad(args)
    const runs = args.number('runs', 1)
    const server = await startServer(args.flag('statements') ? countStatements : {})
    const found: Found[] = []
    try {
      for (let run = 1; run <= runs; run += 1) {
        const one = await runOnce(server, load, args)
        found.push(one)
        args.say(`run ${run} of ${runs}: ${rounded(one.report.perSecond)} messages/s`)
      }
    } finally {
      await server.close()
    }
    return {
      load: `one number, ${load.people} people whose window is open, ${load.perSecond} messages/s offered, ${load.latencyMs} ms to each answer over HTTP, three statuses for each message as signed webhooks`,
      runs,
      figures: figuresOf(load, found),
      notes: [
        'the stand-in for Meta runs in a process of its own on the same cores; its processor time is metaCpuUsEach',
        'lost and duplicated are counted from the record of the stand-in, statusesMissing from the counters of Siar; webhookOver1s is a share of all webhooks',
        'Siar is the whole product in one process: web server, lanes and jobs, with row security, PostgreSQL with fsync on',
      ],
    }
  },
}
