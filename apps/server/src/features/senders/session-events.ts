import type { InboundEvent, PairingCode, SessionState } from '@siar/channel'
import type { Core } from '../../core.ts'
import { lockLeases } from './leases.repo.ts'
import type { LiveSender } from './live-sender.ts'
import type { ForwardEvents, SenderRef } from './owned-sender.ts'
import { isForwarded, isNews } from './forwarded-event.ts'
import { keepNews } from './sender-news.ts'
import { keepTrouble } from './sender-trouble.ts'
import { setPairing } from './sessions.repo.ts'
import type { StatusWriter } from './status-writer.ts'

export interface SessionEventsOptions {
  readonly core: Core
  readonly processId: string
  readonly writer: StatusWriter
  readonly onEvents: ForwardEvents
  readonly onSenderBanned: (sender: SenderRef, reason: string | null) => Promise<void>
  /** The session is over: `retry` asks for a new one after a pause, otherwise a person decides. */
  readonly onEnded: (live: LiveSender, retry: boolean) => void
  readonly onUpdated: (live: LiveSender) => void
}

/** Takes what sessions report: states and codes are written here, everything else is forwarded. */
export interface SessionEvents {
  /** Rejects when something could not be written, so that the channel hands the events over again. */
  take(live: LiveSender, events: readonly InboundEvent[]): Promise<void>
  applyState(live: LiveSender, state: Pick<SessionState, 'state' | 'reason' | 'phone' | 'at'>): Promise<void>
}

function refOf(live: LiveSender): SenderRef {
  const { id, workspaceId, channel } = live.row
  return { senderId: id, workspaceId, channel, ...live.lease }
}

/** What a session says of a fault; a sender that was never linked does not move by it. */
const troubles: ReadonlySet<string> = new Set(['reconnecting', 'offline'])

export function createSessionEvents(options: SessionEventsOptions): SessionEvents {
  const { core, processId, writer } = options

  const showCode = async (live: LiveSender, code: PairingCode): Promise<void> => {
    const { id, workspaceId } = live.row
    await core.inSystem(async (scope) => {
      await lockLeases(scope, processId, [live.lease])
      await setPairing(scope, id, code)
      await core.bus.publishIn(scope, { kind: 'sender.pairing', workspaceId, id })
    })
  }

  /** `offline` of a sender that was online is written as `reconnecting`: it is being brought back. */
  const write = async (live: LiveSender, told: Parameters<SessionEvents['applyState']>[1]): Promise<void> => {
    const move = { ...told, senderId: live.row.id, lease: live.lease }
    const moved = await writer.write({ ...move, to: told.state })
    if (moved) return
    if (told.state === 'offline' && (await writer.write({ ...move, to: 'reconnecting' }))) return
    if (told.reason !== null && troubles.has(told.state))
      await keepTrouble(core, processId, live, told.reason)
  }

  const applyState: SessionEvents['applyState'] = async (live, told) => {
    const wasPairing = live.status === 'pairing'
    live.status = told.state
    live.phone = told.phone ?? live.phone
    if (told.state === 'online' || told.state === 'restricted') {
      live.failures = 0
      live.row = { ...live.row, phone: live.phone, pairedAt: live.row.pairedAt ?? told.at }
    }
    if (told.state === 'pairing') live.row = { ...live.row, pairedAt: null }
    options.onUpdated(live)
    await write(live, told)
    if (told.state === 'banned') await options.onSenderBanned(refOf(live), told.reason)
    if (told.state === 'banned' || told.state === 'logged_out') options.onEnded(live, false)
    if (told.state === 'offline') options.onEnded(live, !wasPairing)
  }

  return {
    applyState,
    take: async (live, events) => {
      // First, so that a number comes online with its limits known.
      const news = events.filter(isNews)
      if (news.length > 0) await keepNews(core, processId, live, news)
      for (const event of events) {
        if (event.type === 'state') await applyState(live, event)
        if (event.type === 'pairing') await showCode(live, event)
      }
      const forwarded = events.filter(isForwarded)
      if (forwarded.length > 0) await options.onEvents(refOf(live), forwarded)
    },
  }
}
