import type { Channel } from '@siar/channel'
import type { ChannelKind } from '@siar/domain'
import { createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import type { FrameRecord } from '@siar/simulator'
import { randomUUID } from 'node:crypto'
import { createCampaignControlService } from '../../apps/server/src/features/campaigns/index.ts'
import { createConsentService } from '../../apps/server/src/features/consent/index.ts'
import {
  createSenderCredentials,
  createSessionManager,
} from '../../apps/server/src/features/senders/index.ts'
import { createSending } from '../../apps/server/src/features/sending/index.ts'
import type { SendingOptions } from '../../apps/server/src/features/sending/index.ts'
import type { Installation } from './installation.ts'

export interface Lanes {
  /** Opens the sessions of every sender and lets the lanes send. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** The sending side of the product on an instant simulated network where everybody reads and nobody answers. */
export function buildLanes(
  { core, beatInSystem }: Installation,
  record: FrameRecord,
  options: SendingOptions,
): Lanes {
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
  const sending = createSending(core, { control, ledger: createConsentService(core).ledger }, options)
  const sessions = createSessionManager({
    core,
    processId: randomUUID(),
    role: 'all',
    channels: new Map<ChannelKind, Channel>([['simulator', simulator.channel]]),
    credentials: createSenderCredentials(core),
    egressOf: async () => ({ kind: 'direct' }),
    beatInSystem,
    onEvents: sending.forwardEvents,
    onSenderBanned: sending.onSenderBanned,
    monotonicMs: () => performance.now(),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  })
  return {
    start: () => {
      sending.start(sessions)
      return sessions.start()
    },
    stop: async () => {
      await sending.stop()
      await sessions.stop()
      await simulator.close()
    },
  }
}
