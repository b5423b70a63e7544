import type { Channel } from '@siar/channel'
import type { ChannelKind } from '@siar/domain'
import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import type { FrameRecord } from '@siar/simulator'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createCampaignControlService } from '../../apps/server/src/features/campaigns/index.ts'
import { createConsentService } from '../../apps/server/src/features/consent/index.ts'
import { createSessionManager } from '../../apps/server/src/features/senders/index.ts'
import { createSending } from '../../apps/server/src/features/sending/index.ts'
import type { Core } from '../../apps/server/src/core.ts'
import type { Installation } from './installation.ts'
import type { Shop } from './shop.ts'

export interface SiarResult {
  readonly perSecond: number
  readonly rssAboveIdleMb: number
}

const idleReads = 5

/** The full path of the product: leases, lanes, gate, rendering, attempts, outcomes, receipts and counters, under row security. */
export async function runSiar(
  { core, beatInSystem }: Installation,
  shop: Shop,
  recipients: number,
  batchSize: number,
): Promise<SiarResult> {
  const record = createMemoryRecord({ framesMax: 0 })
  const network = createSimulatedNetwork({
    seed: 'bench',
    now: () => new Date(),
    schedule: realSchedule,
    record,
    instant: true,
    shares: { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 0, readsLate: 0 },
  })
  const simulator = createSimulator(network)
  const sending = createSending(
    core,
    { control: createCampaignControlService(core), ledger: createConsentService(core).ledger },
    { batchSize },
  )
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
  const idleMb = await readIdleMb()
  const memory = watchMemory()
  const startedAt = performance.now()
  sending.start(sessions)
  await sessions.start()
  await untilAllRead(core, shop, recipients)
  const seconds = (performance.now() - startedAt) / 1000
  const peakMb = memory.stop()
  await sending.stop()
  await sessions.stop()
  await simulator.close()
  await expectComplete(core, shop, recipients, record)
  return { perSecond: recipients / seconds, rssAboveIdleMb: Math.max(0, peakMb - idleMb) }
}

const rssMb = (): number => process.memoryUsage.rss() / 2 ** 20

async function readIdleMb(): Promise<number> {
  globalThis.gc?.()
  let lowest = Infinity
  for (let read = 0; read < idleReads; read += 1) {
    await wait(100)
    lowest = Math.min(lowest, rssMb())
  }
  return lowest
}

function watchMemory(): { stop: () => number } {
  let peak = rssMb()
  const timer = setInterval(() => (peak = Math.max(peak, rssMb())), 100)
  return {
    stop: () => {
      clearInterval(timer)
      return Math.max(peak, rssMb())
    },
  }
}

/** Reads the counters, as a screen would; the last recipient that was read ends the clock. */
async function untilAllRead(core: Core, shop: Shop, recipients: number): Promise<void> {
  for (;;) {
    const { rows } = await core.database.pool.query<{ read: number; open: number }>(
      `select coalesce(sum(count) filter (where figure = 'read'), 0)::int as read,
         coalesce(sum(count) filter (where figure in ('skipped', 'refused', 'unknown')), 0)::int as open
       from run_figures where run_id = any($1::text[])`,
      [[...shop.runIds]],
    )
    if ((rows[0]?.read ?? 0) >= recipients) return
    if ((rows[0]?.open ?? 0) > 0)
      throw new Error(`recipients ended otherwise than read: ${JSON.stringify(rows[0])}`)
    await wait(50)
  }
}

/** A fast run that lost or doubled a message is no result. */
async function expectComplete(
  core: Core,
  shop: Shop,
  recipients: number,
  record: FrameRecord,
): Promise<void> {
  const { rows } = await core.database.pool.query<Record<string, number>>(
    `select (select count(*)::int from recipients where status = 'read') as read,
       (select count(*)::int from attempts where outcome = 'accepted') as attempts,
       (select count(*)::int from messages) as messages, (select count(*)::int from receipts) as receipts,
       (select count(*)::int from runs where status = 'completed') as completed`,
  )
  const expected = { read: recipients, attempts: recipients, messages: recipients, receipts: recipients * 2 }
  const found = { ...rows[0], frames: record.counts().frames }
  const wanted = { ...expected, completed: shop.runIds.length, frames: recipients }
  for (const [name, count] of Object.entries(wanted)) {
    if (found[name as keyof typeof found] !== count) {
      throw new Error(
        `the run is not whole: ${name} is ${String(found[name as keyof typeof found])}, not ${count}`,
      )
    }
  }
}
