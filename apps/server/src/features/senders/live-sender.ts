import { ChannelUnavailable } from '@siar/channel'
import type { Channel, OutboundMessage, Session } from '@siar/channel'
import { SenderSettings } from '@siar/contract'
import type { SenderStatus } from '@siar/domain'
import type { Lease, OwnedSender } from './owned-sender.ts'
import type { SessionRow } from './sessions.repo.ts'

/** One sender whose lease this process holds, with its session while one is open. */
export interface LiveSender {
  readonly lease: Lease
  readonly channel: Channel
  row: SessionRow
  /** What the row said when the session was last brought in line with it; see `wishOf`. */
  wish: string
  settings: SenderSettings
  status: SenderStatus
  phone: string | null
  /** The channel's session; null while it is being brought back. */
  session: Session | null
  /** Counts the openings; what an earlier session says no longer counts. */
  turn: number
  /** Resolves when no session is being opened, or one that is to be closed first has closed. */
  opening: Promise<void>
  failures: number
  cancelRetry: () => void
  isClosed: boolean
  /** What lanes hold: stays the same object while sessions come and go beneath it. */
  readonly facade: Session
}

/** Settings as stored, with defaults for what is missing or senseless. */
export function readSettings(stored: Record<string, unknown>): SenderSettings {
  const parsed = SenderSettings.safeParse(stored)
  return parsed.success ? parsed.data : SenderSettings.parse({})
}

/** What a row says beside its status, which the session itself tells; the same text means that nothing changed. */
export function wishOf({ status: _, ...wish }: SessionRow): string {
  return JSON.stringify(wish)
}

const notSent = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 1_000 } as const

function buildFacade(live: () => LiveSender, senderId: string, isHeld: () => boolean): Session {
  return {
    senderId,
    get capabilities() {
      return live().session?.capabilities ?? live().channel.capabilities
    },
    send: async (message: OutboundMessage, signal?: AbortSignal) => {
      const { session } = live()
      return session !== null && isHeld() ? session.send(message, signal) : notSent
    },
    showTyping: async (to, durationMs) => {
      if (isHeld()) await live().session?.showTyping(to, durationMs)
    },
    markRead: async (from, channelMessageId) => {
      if (isHeld()) await live().session?.markRead(from, channelMessageId)
    },
    download: async (ref, bytesMax, signal) => {
      const { session } = live()
      if (session === null || !isHeld()) throw new ChannelUnavailable('not_connected')
      return session.download(ref, bytesMax, signal)
    },
    get directory() {
      return live().session?.directory ?? null
    },
    get templates() {
      return live().session?.templates ?? null
    },
    get screenshot() {
      return live().session?.screenshot ?? null
    },
    takeWebhooks: async (items) => {
      const { session } = live()
      if (session === null || !isHeld()) throw new ChannelUnavailable('not_connected')
      await session.takeWebhooks(items)
    },
    close: async () => undefined,
    logOut: async () => live().session?.logOut(),
  }
}

/** @param isHeld Asked right before each call: false ends sending at once. */
export function buildLiveSender(
  row: SessionRow,
  lease: Lease,
  channel: Channel,
  isHeld: () => boolean,
): LiveSender {
  const live: LiveSender = {
    lease,
    channel,
    row,
    wish: wishOf(row),
    settings: readSettings(row.settings),
    status: row.pairedAt === null ? 'pairing' : 'reconnecting',
    phone: row.phone,
    session: null,
    turn: 0,
    opening: Promise.resolve(),
    failures: 0,
    cancelRetry: () => undefined,
    isClosed: false,
    facade: buildFacade(() => live, row.id, isHeld),
  }
  return live
}

/** The snapshot lanes are given. */
export function presentLive(live: LiveSender): OwnedSender {
  const { row, lease } = live
  return {
    senderId: row.id,
    workspaceId: row.workspaceId,
    channel: row.channel,
    shard: lease.shard,
    epoch: lease.epoch,
    session: live.facade,
    capabilities: live.facade.capabilities,
    settings: live.settings,
    status: live.status,
    phone: live.phone,
    useForCampaigns: row.useForCampaigns,
    numberSince: row.numberSince,
    pairedAt: row.pairedAt,
    isHalted: row.isHalted,
    newChatsLockedUntil: row.newChatsLockedUntil,
    throughputPerSecond: row.throughputPerSecond,
  }
}
