import type { Channel } from '@siar/channel'
import type { ChannelKind } from '@siar/domain'
import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import type { FrameRecord } from '@siar/simulator'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createCampaignControlService } from '../apps/server/src/features/campaigns/index.ts'
import { createConsentService } from '../apps/server/src/features/consent/index.ts'
import { createSessionManager } from '../apps/server/src/features/senders/index.ts'
import { createSending } from '../apps/server/src/features/sending/index.ts'
import { rounded } from './bench.ts'
import type { Bench, BenchArguments, BenchReport } from './bench.ts'
import { startServer } from './campaign-throughput/installation.ts'
import type { Installation } from './campaign-throughput/installation.ts'
import { insertFleet } from './paced-scale/fleet.ts'
import { judge, percentile, randomOf } from './paced-scale/schedule.ts'
import type { Lateness } from './paced-scale/schedule.ts'

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

function startSending({ core, beatInSystem }: Installation, record: FrameRecord) {
  const network = createSimulatedNetwork({
    seed: 'bench',
    now: () => new Date(),
    schedule: realSchedule,
    record,
    instant: true,
    shares: { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 0, readsLate: 0 },
  })
  const simulator = createSimulator(network)
  const control = createCampaignControlService(core)
  const sending = createSending(core, { control, ledger: createConsentService(core).ledger }, { randomOf })
  const sessions = createSessionManager({
    core,
    processId: randomUUID(),
    role: 'all',
    channels: new Map<ChannelKind, Channel>([['simulator', simulator.channel]]),
    beatInSystem,
    onEvents: sending.forwardEvents,
    onSenderBanned: sending.onSenderBanned,
    monotonicMs: () => performance.now(),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  })
  sending.start(sessions)
  const stop = async (): Promise<void> => {
    await sending.stop()
    await sessions.stop()
    await simulator.close()
  }
  return { sessions, stop }
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
    const server = await startServer()
    const own = await server.install()
    const { record, sentAtMs } = watchedRecord()
    let rssMb = 0
    try {
      args.say(`making ${load.senders} senders and ${load.campaigns} campaigns`)
      await insertFleet(own.core, load)
      const { sessions, stop } = startSending(own, record)
      const memory = setInterval(() => (rssMb = Math.max(rssMb, process.memoryUsage.rss() / 2 ** 20)), 250)
      await sessions.start()
      while (sentAtMs.size < load.senders) await wait(100)
      args.say('every sender has sent; measuring')
      const fromMs = performance.now()
      await wait(load.seconds * 1000)
      const toMs = performance.now()
      clearInterval(memory)
      await stop()
      return report(load, judge(sentAtMs, fromMs, toMs), rssMb)
    } finally {
      await own.close()
      await server.close()
    }
  },
}

function report(load: Load, { sorted, tooFast }: Lateness, rssMb: number): BenchReport {
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
    },
    notes: [
      'the ideal: each message its drawn pause after the ideal instant of the one before; the first in the window sets the beginning',
      'a message counts when it reaches the simulated network; tooFast counts every pause since the process started',
    ],
  }
}
