import type { WorkspaceScope } from '@siar/database'
import type { AddressId, ContactId } from '@siar/domain'
import type { CustomValue } from './custom-value.ts'
import type { Names } from './names.ts'

export { isUniqueViolation, retryable } from '@siar/database'

export interface ContactRow extends Names {
  readonly id: ContactId
  readonly phone: string | null
  readonly isLandline: boolean
  readonly email: string | null
  readonly company: string | null
  readonly language: string | null
  readonly timeZone: string | null
  readonly source: string
  readonly notes: string
  readonly custom: Record<string, CustomValue>
  readonly active: boolean
  readonly marketingConsent: 'unknown' | 'granted' | 'withdrawn'
  readonly suppressed: 'unsubscribed' | 'spam_report' | 'invalid' | 'manual' | null
  readonly tags: { id: string; name: string; colour: string }[]
  readonly lists: { id: string; name: string }[]
  readonly lastContactedAt: Date | null
  readonly createdAt: Date
  /** The instant as the database writes it, with microseconds, for cursors. */
  readonly createdAtText: string
  readonly updatedAt: Date
}

const columns = `c.id, c.full_name as "fullName", c.first_name as "firstName", c.last_name as "lastName", c.email, c.company,
  c.language, c.time_zone as "timeZone", c.source, c.notes, c.custom, c.active, c.marketing_consent as "marketingConsent",
  c.last_contacted_at as "lastContactedAt", c.created_at as "createdAt", c.created_at::text as "createdAtText",
  c.updated_at as "updatedAt", phone.value as phone, coalesce(phone.is_landline, false) as "isLandline",
  (select s.reason from addresses a join suppressions s using (workspace_id, kind, value)
    where a.contact_id = c.id order by s.created_at limit 1) as suppressed,
  coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'colour', t.colour) order by t.name)
    from contact_tags ct join tags t on t.id = ct.tag_id where ct.contact_id = c.id), '[]') as tags,
  coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name) order by l.name)
    from list_members m join lists l on l.id = m.list_id where m.contact_id = c.id), '[]') as lists`

const firstPhone = `left join lateral (
  select a.value, a.is_landline from addresses a where a.contact_id = c.id and a.kind = 'phone'
  order by a.created_at, a.id limit 1) phone on true`

/** Contacts with all that is shown of them, in the order of the ids. Ids of nobody are passed over. */
export async function loadContacts(scope: WorkspaceScope, ids: readonly string[]): Promise<ContactRow[]> {
  return scope.query<ContactRow>(
    {
      name: 'contacts-load',
      text: `select ${columns} from unnest($2::text[]) with ordinality as wanted (id, place)
        join contacts c on c.id = wanted.id and c.workspace_id = $1 ${firstPhone} order by wanted.place`,
    },
    [scope.workspaceId, ids],
  )
}

export async function findContact(scope: WorkspaceScope, id: ContactId): Promise<ContactRow | null> {
  const [row] = await loadContacts(scope, [id])
  return row ?? null
}

/** What can be set of a contact; absent stays as it is. */
export interface ContactValues extends Partial<Names> {
  readonly email?: string | null
  readonly company?: string | null
  readonly language?: string | null
  readonly timeZone?: string | null
  readonly notes?: string
  readonly custom?: Readonly<Record<string, CustomValue>>
  readonly active?: boolean
}

const columnOf: Readonly<Record<keyof ContactValues, string>> = {
  fullName: 'full_name',
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  company: 'company',
  language: 'language',
  timeZone: 'time_zone',
  notes: 'notes',
  custom: 'custom',
  active: 'active',
}

function toColumns(values: ContactValues): { names: string[]; parameters: unknown[] } {
  const given = (Object.keys(columnOf) as (keyof ContactValues)[]).filter((key) => values[key] !== undefined)
  return {
    names: given.map((key) => columnOf[key]),
    parameters: given.map((key) => (key === 'custom' ? JSON.stringify(values.custom) : values[key])),
  }
}

export async function insertContact(
  scope: WorkspaceScope,
  contact: { id: ContactId; source: string; phone: string; at: Date },
  values: ContactValues,
): Promise<void> {
  const { names, parameters } = toColumns(values)
  const fixed = [scope.workspaceId, contact.id, contact.source, contact.phone, contact.at]
  const marks = names.map((_, index) => `$${fixed.length + 1 + index}`)
  await scope.execute(
    `insert into contacts (${['workspace_id', 'id', 'source', 'phones', 'created_at', 'updated_at', ...names].join(', ')})
     values (${['$1', '$2', '$3', '$4', '$5', '$5', ...marks].join(', ')})`,
    [...fixed, ...parameters],
  )
}

/** @returns false when there is no such contact. */
export async function updateContact(
  scope: WorkspaceScope,
  id: ContactId,
  values: ContactValues,
  at: Date,
): Promise<boolean> {
  const { names, parameters } = toColumns(values)
  const sets = ['updated_at = $3', ...names.map((name, index) => `${name} = $${4 + index}`)]
  const changed = await scope.execute(
    `update contacts set ${sets.join(', ')} where workspace_id = $1 and id = $2`,
    [scope.workspaceId, id, at, ...parameters],
  )
  return changed > 0
}

export interface NewPhone {
  readonly id: AddressId
  readonly value: string
  readonly country: string | null
  readonly isLandline: boolean
  readonly at: Date
}

/** Gives a contact its phone, in place of the one it had. Fails with a unique violation when somebody else has it. */
export async function setPhone(scope: WorkspaceScope, contactId: ContactId, phone: NewPhone): Promise<void> {
  const replaced = await scope.execute(
    `update addresses set value = $3, country = $4, is_landline = $5
     where workspace_id = $1 and id = (
       select id from addresses where workspace_id = $1 and contact_id = $2 and kind = 'phone'
       order by created_at, id limit 1)`,
    [scope.workspaceId, contactId, phone.value, phone.country, phone.isLandline],
  )
  if (replaced > 0) return
  await scope.execute(
    `insert into addresses (workspace_id, contact_id, id, kind, value, country, is_landline, created_at)
     values ($1, $2, $3, 'phone', $4, $5, $6, $7)`,
    [scope.workspaceId, contactId, phone.id, phone.value, phone.country, phone.isLandline, phone.at],
  )
}

/** The contact that has this phone, or null. */
export async function findContactIdByPhone(scope: WorkspaceScope, e164: string): Promise<ContactId | null> {
  const [row] = await scope.query<{ contactId: ContactId }>(
    `select contact_id as "contactId" from addresses where workspace_id = $1 and kind = 'phone' and value = $2`,
    [scope.workspaceId, e164],
  )
  return row?.contactId ?? null
}

/** @returns false when there is no such contact. Its suppressions and its ledger stay. */
export async function removeContact(scope: WorkspaceScope, id: ContactId): Promise<boolean> {
  return (
    (await scope.execute(`delete from contacts where workspace_id = $1 and id = $2`, [
      scope.workspaceId,
      id,
    ])) > 0
  )
}
