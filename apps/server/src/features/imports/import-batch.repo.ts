import type { WorkspaceScope } from '@siar/database'
import type { ImportId } from '@siar/domain'
import type { PersonRow, RejectedRow } from './read-row.ts'

/** One valid row with the ids it takes if its person is new. */
export interface BatchPerson {
  readonly person: PersonRow
  readonly contactId: string
  readonly addressId: string
  readonly consentId: string
  /** Ids for the person's further addresses, in their order. */
  readonly otherAddressIds: readonly string[]
  readonly tagIds: readonly string[]
}

export interface BatchRules {
  readonly existing: 'keep' | 'overwrite' | 'fill_empty'
  /** Empty: consent stays as it is. */
  readonly consentWording: string
  readonly listIds: readonly string[]
  readonly tagIds: readonly string[]
  readonly actor: { readonly id: string; readonly name: string }
  readonly importId: ImportId
  readonly fileName: string
  readonly at: Date
}

export interface BatchCounts {
  readonly created: number
  readonly updated: number
  readonly optedOut: number
}

/**
 * Locks a running import at the row it had reached.
 *
 * For the rest of the transaction the planner joins by hash and reads tables by their indexes. The tables grow under its feet:
 * a plan made for a small table would read all of it again for every batch. For the same reason people are looked up one
 * by one: before version 17, PostgreSQL may read a whole index and compare every entry with every number of the batch.
 *
 * @returns false when it was stopped, or when another process got further: this one must then stop.
 */
export async function lockImport(scope: WorkspaceScope, id: ImportId, rowsDone: number): Promise<boolean> {
  const rows = await scope.query(
    `select set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true),
       set_config('enable_seqscan', 'off', true)
     from imports where workspace_id = $1 and id = $2 and status = 'running' and rows_done = $3 for update`,
    [scope.workspaceId, id, rowsDone],
  )
  return rows.length > 0
}

const peopleSql = `
  with input as materialized (
    select * from json_to_recordset($2::json) as i (
      contact_id text, address_id text, consent_id text, "row" integer, kind text, value text, country text, landline boolean,
      full_name text, first_name text, last_name text, email text, company text, language text, notes text,
      custom jsonb, tag_ids jsonb)
  ), known as materialized (
    select i.value, a.known_id from input i cross join lateral (
      select contact_id as known_id from addresses
      where workspace_id = $1 and kind = i.kind and value = i.value limit 1) a
  ), persons as materialized (
    select c.* from (select distinct known_id from known) k cross join lateral (
      select id, full_name, first_name, last_name, email, company, language, notes, custom, marketing_consent from contacts
      where workspace_id = $1 and id = k.known_id limit 1) c
  ), suppressed as materialized (
    select i.value from input i cross join lateral (
      select 1 from suppressions where workspace_id = $1 and kind = i.kind and value = i.value limit 1) s
  ), people as materialized (
    select i.*, k.known_id, coalesce(k.known_id, i.contact_id) as person_id,
      (coalesce(c.marketing_consent, '') = 'withdrawn' or s.value is not null) as opted_out
    from input i
    left join known k on k.value = i.value
    left join persons c on c.id = k.known_id
    left join suppressed s on s.value = i.value
  ), made as (
    insert into contacts (id, workspace_id, full_name, first_name, last_name, email, company, language, notes, custom, phones,
      source, marketing_consent, created_at, updated_at)
    select person_id, $1, full_name, first_name, last_name, email, company, language, notes, custom, case when kind = 'phone' then value else '' end,
      'import', case when $4 <> '' and not opted_out then 'granted' else 'unknown' end, $8::timestamptz, $8::timestamptz
    from people where known_id is null
    returning id
  ), made_addresses as (
    insert into addresses (id, workspace_id, contact_id, kind, value, country, is_landline, created_at)
    select address_id, $1, person_id, kind, value, country, landline, $8::timestamptz
    from people where known_id is null
  ), wanted as (
    select distinct on (p.person_id) c.id,
      case when named and ($3 = 'overwrite' or unnamed) then p.full_name else c.full_name end as full_name,
      case when named and ($3 = 'overwrite' or unnamed) then p.first_name else c.first_name end as first_name,
      case when named and ($3 = 'overwrite' or unnamed) then p.last_name else c.last_name end as last_name,
      case when $3 = 'overwrite' then coalesce(p.email, c.email) else coalesce(nullif(c.email, ''), p.email) end as email,
      case when $3 = 'overwrite' then coalesce(p.company, c.company) else coalesce(nullif(c.company, ''), p.company) end
        as company,
      case when $3 = 'overwrite' then coalesce(p.language, c.language) else coalesce(c.language, p.language) end as language,
      case when $3 = 'overwrite' then coalesce(nullif(p.notes, ''), c.notes) else coalesce(nullif(c.notes, ''), p.notes) end
        as notes,
      case when $3 = 'overwrite' then c.custom || p.custom else p.custom || c.custom end as custom
    from people p join persons c on c.id = p.known_id,
      lateral (select p.full_name <> '' or p.first_name <> '' or p.last_name <> '' as named,
        c.full_name = '' and c.first_name = '' and c.last_name = '' as unnamed) name
    where $3 <> 'keep'
    order by p.person_id, p."row"
  ), changed as (
    update contacts c set full_name = w.full_name, first_name = w.first_name, last_name = w.last_name, email = w.email,
      company = w.company, language = w.language, notes = w.notes, custom = w.custom, updated_at = $8::timestamptz
    from wanted w
    where c.id = any(array(select id from wanted)) and c.id = w.id and (c.full_name, c.first_name, c.last_name, c.email, c.company, c.language, c.notes, c.custom)
      is distinct from (w.full_name, w.first_name, w.last_name, w.email, w.company, w.language, w.notes, w.custom)
    returning c.id
  ), ledger as (
    insert into consents (id, workspace_id, contact_id, purpose, state, source, wording, evidence, actor, at)
    select distinct on (person_id) consent_id, $1, person_id, 'marketing', 'granted', 'import', $4,
      $7::jsonb || jsonb_build_object('row', "row"), $9, $8::timestamptz
    from people where $4 <> '' and not opted_out
    order by person_id, "row"
  ), listed as (
    insert into list_members (workspace_id, list_id, contact_id, created_at)
    select distinct $1, l.id, p.person_id, $8::timestamptz
    from people p, lists l where l.workspace_id = $1 and l.id = any($5)
    on conflict do nothing
  ), tagged as (
    insert into contact_tags (workspace_id, tag_id, contact_id)
    select distinct $1, t.id, given.person_id
    from (
      select person_id, unnest($6::text[]) as tag_id from people
      union all
      select person_id, jsonb_array_elements_text(tag_ids) from people
    ) given join tags t on t.workspace_id = $1 and t.id = given.tag_id
    on conflict do nothing
  )
  select (select count(*) from made) as created, (select count(*) from changed) as updated,
    (select count(*) from people where opted_out) as "optedOut"`

/**
 * Writes the people of a batch: new contacts with their address, changed ones by the rule for existing people, lines of the
 * ledger, lists and tags. Who had withdrawn consent or is suppressed gets no line: a file does not undo an opt-out.
 *
 * One statement. Fails with a unique violation when somebody added one of the numbers meanwhile; run the transaction again.
 */
export async function writePeople(
  scope: WorkspaceScope,
  people: readonly BatchPerson[],
  rules: BatchRules,
): Promise<BatchCounts> {
  if (people.length === 0) return { created: 0, updated: 0, optedOut: 0 }
  const evidence = { importId: rules.importId, fileName: rules.fileName, actorId: rules.actor.id }
  const rows = await scope.query<BatchCounts>({ name: 'import-people', text: peopleSql }, [
    scope.workspaceId,
    JSON.stringify(people.map(toInput)),
    rules.existing,
    rules.consentWording,
    rules.listIds,
    rules.tagIds,
    JSON.stringify(evidence),
    rules.at,
    rules.actor.name,
  ])
  return rows[0] as BatchCounts
}

function toInput({ person, contactId, addressId, consentId, tagIds }: BatchPerson) {
  return {
    contact_id: contactId,
    address_id: addressId,
    consent_id: consentId,
    row: person.row,
    kind: person.main.kind,
    value: person.main.value,
    country: person.main.country,
    landline: person.main.isLandline,
    full_name: person.fullName,
    first_name: person.firstName,
    last_name: person.lastName,
    email: person.email,
    company: person.company,
    language: person.language,
    notes: person.notes,
    custom: person.custom,
    tag_ids: tagIds,
  }
}

const cellsShownMax = 50
const cellLengthMax = 200

/** Keeps the rejected rows with their cells, each cut to what a person needs to recognise it. */
export async function insertRejects(
  scope: WorkspaceScope,
  id: ImportId,
  rejects: readonly RejectedRow[],
): Promise<void> {
  if (rejects.length === 0) return
  const rows = rejects.map(({ row, kind, reason, cells }) => ({
    row,
    kind,
    reason,
    cells: cells.slice(0, cellsShownMax).map(toShown),
  }))
  await scope.execute(
    `insert into import_rejects (workspace_id, import_id, "row", kind, reason, cells)
     select $1, $2, r."row", r.kind, r.reason, r.cells
     from json_to_recordset($3::json) as r ("row" integer, kind text, reason text, cells jsonb)`,
    [scope.workspaceId, id, JSON.stringify(rows)],
  )
}

function toShown(cell: string): string {
  return cell.slice(0, cellLengthMax).replaceAll('\0', '').toWellFormed()
}

/** Moves the import on by a batch, in the batch's own transaction. */
export async function advanceImport(
  scope: WorkspaceScope,
  id: ImportId,
  delta: BatchCounts & { rows: number; valid: number; duplicates: number; invalid: number },
): Promise<void> {
  await scope.execute(
    `update imports set rows_done = rows_done + $3, valid = valid + $4, duplicates = duplicates + $5, invalid = invalid + $6,
       created = created + $7, updated = updated + $8, opted_out = opted_out + $9,
       rows_estimated = greatest(rows_estimated, rows_done + $3)
     where workspace_id = $1 and id = $2`,
    [
      scope.workspaceId,
      id,
      delta.rows,
      delta.valid,
      delta.duplicates,
      delta.invalid,
      delta.created,
      delta.updated,
      delta.optedOut,
    ],
  )
}
