import type { WorkspaceScope } from '@siar/database'
import type { RecipientStatus } from '@siar/domain'

/** An attempt without an outcome that an earlier owner of the sender has left, with what its text was made from. */
export interface OpenAttempt {
  readonly attempt_id: string
  readonly id: string
  readonly sequence: number
  readonly run_id: string
  readonly contact_id: string
  readonly sender_id: string
  readonly status: RecipientStatus
  /** `restored` when a backup was restored while it was open; it may have arrived since the backup was made. */
  readonly attempt_reason: string | null
  /** The recipient's newest attempt is this one. */
  readonly is_newest: boolean
  readonly variant: string | null
  readonly address: string
  readonly full_name: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string | null
  readonly company: string | null
  readonly language: string | null
  readonly custom: Record<string, string | number | boolean>
}

/** Of these senders, the ones an earlier owner of whose shard has left attempts without an outcome. */
export async function listSendersToRecover(
  scope: WorkspaceScope,
  senders: readonly { readonly senderId: string; readonly epoch: number }[],
): Promise<Set<string>> {
  const rows = await scope.query<{ id: string }>(
    `select s.id from unnest($1::text[], $2::int[]) s(id, epoch) where exists (
       select 1 from attempts a where a.sender_id = s.id and a.outcome is null and a.epoch < s.epoch)`,
    [senders.map(({ senderId }) => senderId), senders.map(({ epoch }) => epoch)],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Locks what an earlier epoch of this sender's shard was dispatching, oldest first. */
export async function lockOpenAttempts(
  scope: WorkspaceScope,
  senderId: string,
  epoch: number,
  limit: number,
): Promise<OpenAttempt[]> {
  return scope.query<OpenAttempt>(
    `select a.id as attempt_id, a.reason as attempt_reason, r.id, r.sequence, r.run_id, r.contact_id, r.sender_id, r.status, r.message_id = a.id as is_newest,
       r.variant, r.address, coalesce(c.full_name, '') as full_name, coalesce(c.first_name, '') as first_name,
       coalesce(c.last_name, '') as last_name, c.email, c.company, c.language, coalesce(c.custom, '{}') as custom
     from attempts a join recipients r on r.id = a.recipient_id left join contacts c on c.id = r.contact_id
     where a.sender_id = $1 and a.outcome is null and a.epoch < $2
       and not (r.status = 'queued' and r.message_id = a.id)
     order by a.id limit $3 for update of a, r`,
    [senderId, epoch, limit],
  )
}

/** Puts recipients that were being dispatched back, to go again under the same id. The attempts stay open. */
export async function requeueDispatching(
  scope: WorkspaceScope,
  recipientIds: readonly string[],
  now: Date,
): Promise<number> {
  return scope.execute(
    `update recipients set status = 'queued', due_at = $1, updated_at = $1
     where id = any($2::text[]) and status = 'dispatching'`,
    [now, [...recipientIds]],
  )
}
