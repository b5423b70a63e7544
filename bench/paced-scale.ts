import { createMemoryRecord } from '@siar/simulator'
import type { FrameRecord } from '@siar/simulator'
import { setTimeout as wait } from 'node:timers/promises'
import { rounded } from './bench.ts'
import type { Bench, BenchArguments, BenchReport, Figure } from './bench.ts'
import { startServer } from './campaign-throughput/installation.ts'
import { buildLanes } from './campaign-throughput/lanes.ts'
import { watchCost } from './cost.ts'
import { insertFleet } from './paced-scale/fleet.ts'
import { judge, percentile, randomOf } from './paced-scale/schedule.ts'
import type { Lateness } from './paced-scale/schedule.ts'
import { countStatements, watchStatements } from './statements.ts'

/** Counts frames and remembers when each sender's went. */
function watchedRecord(): { record: FrameRecord; sentAtMs: Map<string, number[]> } {
  const counting = createMemoryRecord({ framesMax: 0 })
  const sentAtMs = new Map<string, number[]>()
  const append: FrameRecord['append'] = (frame) => {
    counting.append(frame)
    const known = sentAtMs.get(frame.senderId)
    if (known) known.push(performance.now())
    else sentAtMs.set(frame.senderId, [performance.now()])
  }
  return { record: { ...counting, append }, sentAtMs }
}

type Load = ReturnType<typeof readLoad>

function readLoad(args: BenchArguments) {
  return {
    workspaces: args.number('workspaces', 10),
    senders: args.number('senders', 9_000),
    campaigns: args.number('campaigns', 10_000),
    recipients: args.number('recipients', 60),
    seconds: args.number('seconds', 180),
  }
}

/** Claim: thousands of paced senders in one process keep their schedules, and none is ever faster than its pacing. */
export const bench: Bench = {
  claim: 'paced-scale',
  run: async (args) => {
    const load = readLoad(args)
    const isWatched = args.flag('statements')
    const server = await startServer(isWatched ? countStatements : {})
    const own = await server.install()
    const { record, sentAtMs } = watchedRecord()
    let rssMb = 0
    try {
      args.say(`making ${load.senders} senders and ${load.campaigns} campaigns`)
      await insertFleet(own.core, load)
      const lanes = buildLanes(own, record, { randomOf })
      const memory = setInterval(() => (rssMb = Math.max(rssMb, process.memoryUsage.rss() / 2 ** 20)), 250)
      await lanes.start()
      while (sentAtMs.size < load.senders) await wait(100)
      args.say('every sender has sent; measuring')
      const statements = isWatched ? await watchStatements(server.embedded) : null
      await statements?.start()
      const costOf = await watchCost(own.core.database)
      const fromMs = performance.now()
      await wait(load.seconds * 1000)
      const toMs = performance.now()
      const found = judge(sentAtMs, fromMs, toMs)
      const cost = await costOf(found.sorted.length)
      await statements?.report(found.sorted.length, args.say)
      clearInterval(memory)
      await lanes.stop()
      return report(load, found, rssMb, cost)
    } finally {
      await own.close()
      await server.close()
    }
  },
}

function report(
  load: Load,
  { sorted, tooFast }: Lateness,
  rssMb: number,
  cost: Readonly<Record<string, Figure>>,
): BenchReport {
  return {
    load: `${load.senders} linked senders in ${load.workspaces} workspaces, ${load.campaigns} running campaigns, pauses of 3-6 s, ${load.seconds} s`,
    runs: 1,
    figures: {
      senders: load.senders,
      campaigns: load.campaigns,
      sent: sorted.length,
      latenessMsP50: rounded(percentile(sorted, 0.5)),
      latenessMsP99: rounded(percentile(sorted, 0.99)),
      latenessMsMax: rounded(sorted.at(-1) ?? Number.NaN),
      tooFast,
      rssMb: rounded(rssMb),
      ...cost,
    },
    notes: [
      'the ideal: each message its drawn pause after the ideal instant of the one before; the first in the window sets the beginning',
      'a message counts when it reaches the simulated network; tooFast counts every pause since the process started',
    ],
  }
}
