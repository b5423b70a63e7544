import type { SystemScope } from '@siar/database'
import type { ChannelKind, SenderId, SenderStatus, WorkspaceId } from '@siar/domain'
import { senderSources } from '@siar/domain'

/** What a person asked of the process that holds the session. */
export type SenderCommand =
  | { readonly kind: 'connect' }
  | { readonly kind: 'log_out' }
  | { readonly kind: 'scan'; readonly data: string }

/** What the owner of a session needs of its sender. */
export interface SessionRow {
  readonly id: SenderId
  readonly workspaceId: WorkspaceId
  readonly channel: ChannelKind
  readonly phone: string | null
  readonly status: SenderStatus
  readonly wanted: boolean
  readonly useForCampaigns: boolean
  readonly shard: number
  readonly settings: Record<string, unknown>
  /** `2026-11-20`. */
  readonly numberSince: string | null
  readonly pairedAt: Date | null
  /** Paired by typing a code on this number's phone; null for a QR code. */
  readonly pairingPhone: string | null
  readonly secretsAt: Date | null
  readonly isHalted: boolean
  readonly newChatsLockedUntil: Date | null
  /** What the channel says the number may send in a second; null where it never told. */
  readonly throughputPerSecond: number | null
  readonly command: SenderCommand | null
  /** Which way it goes out: null directly, `waits` while nothing may go, else a text that changes with the way. */
  readonly egress: string | null
}

const columns = `id, workspace_id as "workspaceId", channel, phone, status, wanted,
  use_for_campaigns as "useForCampaigns", shard, settings, number_since::text as "numberSince",
  paired_at as "pairedAt", pairing_phone as "pairingPhone", secrets_at as "secretsAt", halt is not null as "isHalted", new_chats_locked_until as "newChatsLockedUntil",
  (standing ->> 'messagesPerSecond')::int as "throughputPerSecond", command,
  (select case when e.waits is not null or p.id is null or not p.enabled then 'waits' else p.id || ' ' || p.revision end
   from sender_egress e left join proxies p on p.id = e.proxy_id where e.sender_id = senders.id) as egress`

/** Senders of these shards that want a session or wait for something to be done. */
export function listWantedSenders(scope: SystemScope, shards: readonly number[]): Promise<SessionRow[]> {
  return scope.query<SessionRow>(
    `select ${columns} from senders
     where shard = any($1::smallint[]) and (wanted or command is not null) order by id`,
    [shards],
  )
}

export function listSendersById(scope: SystemScope, ids: readonly string[]): Promise<SessionRow[]> {
  return scope.query<SessionRow>(`select ${columns} from senders where id = any($1::text[])`, [ids])
}

/** One move of a sender, as its session told it. */
export interface StatusMove {
  readonly senderId: string
  readonly to: SenderStatus
  readonly reason: string | null
  readonly phone: string | null
  readonly at: Date
}

/**
 * The statuses a session's word may start from. A session that comes back passes `reconnecting` unseen, and one that
 * asks for a code again has been logged out unseen.
 */
function sessionSources(to: SenderStatus): SenderStatus[] {
  const sources = senderSources(to)
  if (to === 'online' || to === 'restricted')
    return [...new Set<SenderStatus>([...sources, 'offline', 'pairing'])]
  return to === 'pairing' ? [...sources, 'reconnecting'] : sources
}

/**
 * Moves senders to one status, each only from a status that allows it. A log-out and a ban end the wish for a session,
 * as does a pairing that nobody finished. A sender whom a person stopped meanwhile stays as it is.
 *
 * @returns those that moved.
 */
export function moveSenders(
  scope: SystemScope,
  to: SenderStatus,
  moves: readonly StatusMove[],
): Promise<{ id: SenderId; workspaceId: WorkspaceId }[]> {
  return scope.query(
    `update senders set status = $1, status_reason = told.reason, status_at = told.at, updated_at = told.at,
       phone = coalesce(told.phone, senders.phone),
       paired_at = case when $1 in ('online', 'restricted') then coalesce(senders.paired_at, told.at)
                        when $1 in ('logged_out', 'pairing') then null else senders.paired_at end,
       pairing = case when $1 = 'pairing' then senders.pairing end,
       wanted = senders.wanted and $1 not in ('logged_out', 'banned')
         and not (senders.status = 'pairing' and $1 = 'offline')
     from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) as told (id, reason, phone, at)
     where senders.id = told.id and senders.status = any($6::text[])
       and (senders.wanted or $1 in ('logged_out', 'banned'))
     returning senders.id, senders.workspace_id as "workspaceId"`,
    [
      to,
      moves.map((move) => move.senderId),
      moves.map((move) => move.reason),
      moves.map((move) => move.phone),
      moves.map((move) => move.at),
      sessionSources(to),
    ],
  )
}

export interface NewSenderEvent {
  readonly id: string
  readonly workspaceId: string
  readonly senderId: string
  readonly kind: string
  readonly detail: string
  readonly at: Date
}

export async function insertSenderEvents(
  scope: SystemScope,
  events: readonly NewSenderEvent[],
): Promise<void> {
  await scope.execute(
    `insert into sender_events (id, workspace_id, sender_id, kind, detail, at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])`,
    [
      events.map((event) => event.id),
      events.map((event) => event.workspaceId),
      events.map((event) => event.senderId),
      events.map((event) => event.kind),
      events.map((event) => event.detail),
      events.map((event) => event.at),
    ],
  )
}

export async function setPairing(
  scope: SystemScope,
  senderId: string,
  pairing: { readonly kind: 'qr' | 'code'; readonly data: string; readonly expiresAt: Date },
): Promise<void> {
  const value = JSON.stringify({ ...pairing, expiresAt: pairing.expiresAt.toISOString() })
  await scope.execute(`update senders set pairing = $2::jsonb where id = $1 and status = 'pairing'`, [
    senderId,
    value,
  ])
}

/** Clears a command that was carried out, unless another one was given meanwhile. */
export async function clearCommand(
  scope: SystemScope,
  senderId: string,
  command: SenderCommand,
): Promise<void> {
  await scope.execute('update senders set command = null where id = $1 and command = $2::jsonb', [
    senderId,
    JSON.stringify(command),
  ])
}

/** Takes over what is told and keeps the rest of what was told before. */
export async function setStanding(
  scope: SystemScope,
  senderId: string,
  standing: Readonly<Record<string, unknown>>,
): Promise<void> {
  await scope.execute(
    `update senders set standing = '{"quality": null, "messagingLimit": null, "isUnlimited": false, "messagesPerSecond": null}'::jsonb
       || coalesce(standing, '{}') || $2::jsonb
     where id = $1`,
    [senderId, JSON.stringify(standing)],
  )
}

/** @param until null: the number may begin chats again. */
export async function setNewChatsLock(
  scope: SystemScope,
  senderId: string,
  until: Date | null,
): Promise<void> {
  await scope.execute('update senders set new_chats_locked_until = $2 where id = $1', [senderId, until])
}

/** Notes why a sender does not come up, where its status does not say so. @returns whether that is news. */
export async function setTrouble(scope: SystemScope, senderId: string, reason: string): Promise<boolean> {
  const changed = await scope.execute(
    `update senders set status_reason = $2 where id = $1 and status in ('new', 'pairing', 'reconnecting')
       and status_reason is distinct from $2`,
    [senderId, reason],
  )
  return changed > 0
}
