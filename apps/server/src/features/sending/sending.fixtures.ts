import { openRequest } from '@siar/channel/testing'
import type { Channel, InboundEvent, Session } from '@siar/channel'
import { SenderSettings } from '@siar/contract'
import type { SenderStatus, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { isForwarded, LeaseLost } from '../senders/index.ts'
import type { ForwardEvents, OwnedChange, OwnedSender, OwnedSenders } from '../senders/index.ts'

/** Senders of one process as lanes see them, without a session manager: leases are held until `lose` is called. */
export interface FakeOwned extends OwnedSenders {
  open(senderId: string, workspaceId: WorkspaceId, options?: OpenOptions): Promise<void>
  setStatus(senderId: string, status: SenderStatus): void
  /** The lease is gone: nothing may be written any more. */
  lose(): void
  close(): Promise<void>
  readonly reported: { senderId: string; state: string }[]
}

interface OpenOptions {
  readonly settings?: Record<string, unknown>
  readonly secrets?: Readonly<Record<string, string>>
  readonly throughputPerSecond?: number
  readonly epoch?: number
}

interface Live {
  status: SenderStatus
  session: Session | null
  readonly workspaceId: WorkspaceId
  readonly epoch: number
  readonly settings: SenderSettings
  readonly isHalted: boolean
  readonly newChatsLockedUntil: Date | null
  readonly throughputPerSecond: number | null
}

export function createFakeOwned(core: Core, channel: Channel, forward: ForwardEvents): FakeOwned {
  const lives = new Map<string, Live>()
  const handlers = new Set<(change: OwnedChange) => void>()
  const reported: { senderId: string; state: string }[] = []
  let isLost = false
  const present = (senderId: string, live: Live): OwnedSender => ({
    senderId: senderId as OwnedSender['senderId'],
    workspaceId: live.workspaceId,
    channel: channel.kind,
    shard: 0,
    epoch: live.epoch,
    session: live.session as Session,
    capabilities: (live.session as Session).capabilities,
    settings: live.settings,
    status: live.status,
    phone: null,
    useForCampaigns: true,
    numberSince: null,
    pairedAt: null,
    isHalted: live.isHalted,
    newChatsLockedUntil: live.newChatsLockedUntil,
    throughputPerSecond: live.throughputPerSecond,
  })
  const tell = (kind: OwnedChange['kind'], senderId: string): void => {
    for (const handler of handlers) handler({ kind, senderId: senderId as OwnedSender['senderId'] })
  }
  const check = async (): Promise<void> => {
    if (isLost) throw new LeaseLost({ shard: 0, epoch: 1 })
  }
  const listen = async (senderId: string, live: Live, events: readonly InboundEvent[]): Promise<void> => {
    for (const event of events) {
      if (event.type === 'state') {
        live.status = event.state
        tell('updated', senderId)
      }
    }
    const forwarded = events.filter(isForwarded)
    if (forwarded.length > 0) await forward(present(senderId, live), forwarded)
  }
  return {
    reported,
    open: async (senderId, workspaceId, options = {}) => {
      const { settings = {}, secrets = {}, epoch = 1, throughputPerSecond = null } = options
      const parsed = SenderSettings.parse(settings)
      const row = await readSender(core, senderId)
      const own = { workspaceId, epoch, settings: parsed, throughputPerSecond }
      const live: Live = { status: 'online', session: null, ...own, ...row }
      lives.set(senderId, live)
      const request = openRequest(senderId, { phone: '+628110000001', settings: parsed, secrets })
      live.session = await channel.open(request, (events) => listen(senderId, live, events))
      tell('opened', senderId)
    },
    setStatus: (senderId, status) => {
      const live = lives.get(senderId)
      if (live) live.status = status
      tell('updated', senderId)
    },
    lose: () => {
      isLost = true
    },
    close: async () => {
      for (const [senderId, live] of [...lives]) {
        lives.delete(senderId)
        tell('closed', senderId)
        await live.session?.close()
      }
    },
    ownedSenders: () => [...lives].filter(([, live]) => live.session).map(([id, live]) => present(id, live)),
    findOwned: (senderId) => {
      const live = lives.get(senderId)
      return live?.session ? present(senderId, live) : null
    },
    onChange: (handler) => {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    onRelease: () => () => undefined,
    lockLease: check,
    lockLeases: check,
    reportState: async (senderId, state) => void reported.push({ senderId, state }),
  }
}

/** What a session manager would read of the sender's row. */
async function readSender(core: Core, senderId: string) {
  const { rows } = await core.database.pool.query<Pick<Live, 'isHalted' | 'newChatsLockedUntil'>>(
    `select halt is not null as "isHalted", new_chats_locked_until as "newChatsLockedUntil" from senders where id = $1`,
    [senderId],
  )
  return rows[0] ?? { isHalted: false, newChatsLockedUntil: null }
}
