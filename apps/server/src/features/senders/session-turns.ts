import type { Egress, InboundEvent, OpenRequest } from '@siar/channel'
import type { Core } from '../../core.ts'
import type { Schedule } from './lease-keeper.ts'
import type { LiveSender } from './live-sender.ts'
import { LeaseLost } from './owned-sender.ts'
import type { Lease, SenderRef } from './owned-sender.ts'
import type { SenderCredentials } from './sender-credentials.ts'

export interface SessionTurnsOptions {
  readonly core: Core
  readonly processId: string
  readonly credentials: SenderCredentials
  /** The way out of a sender; a rejection (`EgressWaits` with its reason) keeps its session closed: nothing goes out another way. */
  readonly egressOf: (sender: SenderRef) => Promise<Egress>
  readonly schedule: Schedule
  readonly isHeld: (lease: Lease) => boolean
  readonly takeEvents: (live: LiveSender, events: readonly InboundEvent[]) => Promise<void>
  readonly onOpened: (live: LiveSender) => void
  /** An opening failed and is tried again after a pause. Never rejects. */
  readonly onFailed: (live: LiveSender, error: unknown) => Promise<void>
}

const closeMsMax = 20_000
const retryMsFirst = 1_000
const retryMsMax = 60_000

/** The turns in which sessions of a sender follow each other: never two at once, and what an earlier one says no longer counts. */
export interface SessionTurns {
  /** Opens a session after the one before has closed, also when that one is only being opened. Never rejects. */
  open(live: LiveSender): Promise<void>
  /** The session is over; a new one is opened after a pause that grows with each failure. */
  reopenLater(live: LiveSender): void
  /** Ends a sender's turns. Its next `begin` waits for the end of this one: two would spoil each other's credentials. */
  end(live: LiveSender): void
  /** The first turn of a sender, after the end of an earlier life of it. @returns null when it has to wait for that. */
  begin(live: LiveSender): Promise<void> | null
  /** Closes the session and keeps the turn. Never rejects. */
  closeQuietly(live: LiveSender): Promise<void>
}

export function createSessionTurns(options: SessionTurnsOptions): SessionTurns {
  const { core, schedule, isHeld } = options
  /** Sessions on their way out, by sender. */
  const closing = new Map<string, Promise<void>>()

  const closeQuietly = async (live: LiveSender): Promise<void> => {
    const { session } = live
    live.session = null
    try {
      await session?.close()
    } catch (error) {
      core.logger.warn({ err: error, senderId: live.row.id }, 'a session did not close well')
    }
  }
  /** Waits for all of them, but not for ever: an adapter that hangs must not keep its sender closed. */
  const patiently = async (ends: readonly (Promise<void> | undefined)[]): Promise<void> => {
    let cancel: () => void = () => undefined
    const tooLong = new Promise<void>((resolve) => {
      cancel = schedule(resolve, closeMsMax)
    })
    await Promise.race([Promise.all(ends.map((end) => end ?? Promise.resolve())), tooLong])
    cancel()
  }
  const retryLater = (live: LiveSender): void => {
    live.cancelRetry()
    const fullMs = Math.min(retryMsMax, retryMsFirst * 2 ** live.failures)
    live.failures += 1
    const delayMs = fullMs * (0.5 + core.random() / 2)
    live.cancelRetry = schedule(() => {
      if (!live.isClosed) void open(live)
    }, delayMs)
  }
  /** Never rejects: an adapter that cannot even begin counts as a lost connection. */
  const openNext = async (live: LiveSender, turn: number): Promise<void> => {
    if (live.isClosed || live.turn !== turn) return
    await closeQuietly(live)
    try {
      const request = await prepare(options, live)
      const session = await live.channel.open(request, async (events) => {
        if (live.isClosed || live.turn !== turn || !isHeld(live.lease)) throw new LeaseLost(live.lease)
        await options.takeEvents(live, events)
      })
      if (live.isClosed || live.turn !== turn) await session.close()
      else {
        live.session = session
        options.onOpened(live)
      }
    } catch (error) {
      await options.onFailed(live, error)
      if (live.turn === turn && !live.isClosed) retryLater(live)
    }
  }
  const open = (live: LiveSender): Promise<void> => {
    live.cancelRetry()
    live.turn += 1
    const { turn } = live
    live.opening = live.opening.then(() => openNext(live, turn))
    return live.opening
  }
  return {
    open,
    closeQuietly,
    reopenLater: (live) => {
      live.opening = patiently([live.opening, closeQuietly(live)])
      retryLater(live)
    },
    begin: (live) => {
      const earlier = closing.get(live.row.id)
      live.opening = earlier ?? live.opening
      const opened = open(live)
      return earlier === undefined ? opened : null
    },
    end: (live) => {
      const { id } = live.row
      live.isClosed = true
      live.cancelRetry()
      const closed = patiently([closing.get(id), live.opening, closeQuietly(live)]).then(() => {
        if (closing.get(id) === closed) closing.delete(id)
      })
      closing.set(id, closed)
    },
  }
}

async function prepare(
  { core, credentials, egressOf, processId, isHeld }: SessionTurnsOptions,
  live: LiveSender,
): Promise<OpenRequest> {
  const { row, lease } = live
  const owner = { workspaceId: row.workspaceId, senderId: row.id }
  const secrets = await core.inWorkspace(row.workspaceId, (scope) => credentials.readSecrets(scope, owner))
  return {
    senderId: row.id,
    phone: row.pairedAt === null ? null : live.phone,
    settings: row.settings,
    secrets,
    egress: await egressOf({ ...owner, channel: row.channel, ...lease }),
    credentials: credentials.storeOf(owner, processId, lease),
    pairing: row.pairingPhone === null ? { by: 'qr' } : { by: 'code', phone: row.pairingPhone },
    mayAct: () => isHeld(lease),
  }
}
