import type { WorkspaceScope } from '@siar/database'
import type { ConsentId, ContactId, SuppressionId } from '@siar/domain'

export type ConsentState = 'granted' | 'withdrawn'
export type ConsentSource = 'import' | 'manual' | 'keyword' | 'link' | 'channel' | 'api' | 'attestation'

export interface ConsentRow {
  readonly id: string
  readonly state: ConsentState
  readonly source: string
  readonly wording: string
  readonly evidence: Record<string, unknown>
  readonly actor: string
  readonly at: Date
}

export interface NewConsent extends Omit<ConsentRow, 'id' | 'source'> {
  readonly id: ConsentId
  readonly contactId: ContactId
  readonly source: ConsentSource
}

const columns = 'id, state, source, wording, evidence, actor, at'

/** The current state of a contact, locked against other changes of its consent; null when there is no such contact. */
export async function lockConsentState(
  scope: WorkspaceScope,
  contactId: ContactId,
): Promise<ConsentState | 'unknown' | null> {
  const [row] = await scope.query<{ state: ConsentState | 'unknown' }>(
    `select marketing_consent as state from contacts where workspace_id = $1 and id = $2 for no key update`,
    [scope.workspaceId, contactId],
  )
  return row?.state ?? null
}

/** Adds a line to the ledger; a trigger derives the contact's state from it. */
export async function insertConsent(scope: WorkspaceScope, consent: NewConsent): Promise<ConsentRow> {
  const rows = await scope.query<ConsentRow>(
    `insert into consents (workspace_id, id, contact_id, purpose, state, source, wording, evidence, actor, at)
     values ($1, $2, $3, 'marketing', $4, $5, $6, $7, $8, $9) returning ${columns}`,
    [
      scope.workspaceId,
      consent.id,
      consent.contactId,
      consent.state,
      consent.source,
      consent.wording,
      JSON.stringify(consent.evidence),
      consent.actor,
      consent.at,
    ],
  )
  return rows[0] as ConsentRow
}

/** The ledger of one contact and of those merged into it, newest first; null when there is no such contact. */
export async function listConsents(
  scope: WorkspaceScope,
  contactId: ContactId,
): Promise<ConsentRow[] | null> {
  const rows = await scope.query<ConsentRow>(
    `select l.* from contacts c left join lateral (
       select ${columns} from consents
       where workspace_id = c.workspace_id and contact_id in (
         select c.id union all
         select m.loser_id from contact_merges m where m.workspace_id = c.workspace_id and m.survivor_id = c.id)
       order by at desc, id desc limit 1000
     ) l on true where c.workspace_id = $1 and c.id = $2`,
    [scope.workspaceId, contactId],
  )
  if (rows.length === 0) return null
  return rows.filter((row) => row.id !== null)
}

/** Suppresses every address of a contact that is not yet; answers how many addresses are suppressed now. */
export async function suppressAddresses(
  scope: WorkspaceScope,
  contactId: ContactId,
  suppression: { reason: string; note: string; createdBy: string; at: Date; newId: () => SuppressionId },
): Promise<{ added: number; total: number }> {
  const addresses = await scope.query<{ kind: string; value: string }>(
    `select kind, value from addresses where workspace_id = $1 and contact_id = $2 order by kind, value`,
    [scope.workspaceId, contactId],
  )
  const added = await scope.execute(
    `insert into suppressions (workspace_id, id, kind, value, reason, note, created_by, created_at)
     select $1, a.id, a.kind, a.value, $5, $6, $7, $8
     from unnest($2::text[], $3::text[], $4::text[]) as a (id, kind, value)
     on conflict (workspace_id, kind, value) do nothing`,
    [
      scope.workspaceId,
      addresses.map(suppression.newId),
      addresses.map(({ kind }) => kind),
      addresses.map(({ value }) => value),
      suppression.reason,
      suppression.note,
      suppression.createdBy,
      suppression.at,
    ],
  )
  return { added, total: addresses.length }
}

/** Lifts what the person's own opt-out had put up; suppressions for other reasons stay. */
export async function liftOwnOptOut(scope: WorkspaceScope, contactId: ContactId): Promise<number> {
  return scope.execute(
    `delete from suppressions s using addresses a
     where a.workspace_id = $1 and a.contact_id = $2 and s.workspace_id = a.workspace_id
       and s.kind = a.kind and s.value = a.value and s.reason = 'unsubscribed'`,
    [scope.workspaceId, contactId],
  )
}

/** Whether the ledger holds a withdrawal from after this instant. */
export async function hasWithdrawnSince(
  scope: WorkspaceScope,
  contactId: ContactId,
  at: Date,
): Promise<boolean> {
  const rows = await scope.query(
    `select 1 from consents where workspace_id = $1 and contact_id = $2 and state = 'withdrawn' and at > $3 limit 1`,
    [scope.workspaceId, contactId, at],
  )
  return rows.length > 0
}
