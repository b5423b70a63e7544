import type { WorkspaceScope } from '@siar/database'
import type { Core } from '../../../core.ts'
import type { DemoPerson } from './demo-people.ts'

const DAY_MS = 86_400_000

/** Writes the people with their addresses, consent history and suppressions. @returns their ids, in the given order. */
export async function insertPeople(
  core: Core,
  scope: WorkspaceScope,
  people: readonly DemoPerson[],
): Promise<string[]> {
  const ids = people.map(() => core.newId('con') as string)
  const joinedAt = people.map((person) => new Date(core.now().getTime() - person.joinedDaysAgo * DAY_MS))
  await scope.execute(
    `insert into contacts (id, workspace_id, full_name, first_name, last_name, email, company, source, custom, created_at, updated_at)
     select u.id, $1, u.first || ' ' || u.last, u.first, u.last, u.email, u.company, 'import',
       jsonb_build_object('kota', u.city), u.at, u.at
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
       u(id, first, last, email, company, city, at)`,
    [
      scope.workspaceId,
      ids,
      people.map((person) => person.firstName),
      people.map((person) => person.lastName),
      people.map((person) => person.email),
      people.map((person) => person.company),
      people.map((person) => person.city),
      joinedAt,
    ],
  )
  await scope.execute(
    `insert into addresses (id, workspace_id, contact_id, kind, value, country, created_at)
     select siar_new_id('adr'), $1, u.id, 'phone', u.phone, 'ID', u.at
     from unnest($2::text[], $3::text[], $4::timestamptz[]) u(id, phone, at)`,
    [scope.workspaceId, ids, people.map((person) => person.phone), joinedAt],
  )
  await insertConsents(scope, people, ids, joinedAt)
  return ids
}

async function insertConsents(
  scope: WorkspaceScope,
  people: readonly DemoPerson[],
  ids: readonly string[],
  joinedAt: readonly Date[],
): Promise<void> {
  const values = [scope.workspaceId, ids, people.map((person) => person.consent), joinedAt]
  await scope.execute(
    `insert into consents (id, workspace_id, contact_id, purpose, state, source, wording, evidence, actor, at)
     select siar_new_id('cns'), $1, u.id, 'marketing', 'granted', 'import',
       'Mengisi formulir anggota di kasir dan mencentang "kirimi saya promo lewat WhatsApp"',
       jsonb_build_object('fileName', 'anggota-kopi-melati.csv'), 'demo', u.at
     from unnest($2::text[], $3::text[], $4::timestamptz[]) u(id, consent, at) where u.consent <> 'unknown'`,
    values,
  )
  await scope.execute(
    `insert into consents (id, workspace_id, contact_id, purpose, state, source, wording, evidence, actor, at)
     select siar_new_id('cns'), $1, u.id, 'marketing', 'withdrawn', 'keyword', 'BERHENTI', '{}', 'contact',
       u.at + interval '1 hour'
     from unnest($2::text[], $3::text[], $4::timestamptz[]) u(id, consent, at) where u.consent = 'withdrawn'`,
    values,
  )
  await scope.execute(
    `insert into suppressions (id, workspace_id, kind, value, reason, note, created_by, created_at)
     select siar_new_id('sup'), $1, a.kind, a.value, 'unsubscribed', 'BERHENTI', 'system', u.at + interval '1 hour'
     from unnest($2::text[], $3::text[], $4::timestamptz[]) u(id, consent, at)
     join addresses a on a.contact_id = u.id where u.consent = 'withdrawn'`,
    values,
  )
}

export interface DemoGroup {
  readonly name: string
  readonly about: string
  readonly contactIds: readonly string[]
}

/** @returns the id of the list. */
export async function insertList(core: Core, scope: WorkspaceScope, group: DemoGroup): Promise<string> {
  const id = core.newId('lst')
  await scope.execute('insert into lists (id, workspace_id, name, description) values ($2, $1, $3, $4)', [
    scope.workspaceId,
    id,
    group.name,
    group.about,
  ])
  await scope.execute(
    `insert into list_members (workspace_id, list_id, contact_id) select $1, $2, unnest($3::text[])`,
    [scope.workspaceId, id, group.contactIds],
  )
  return id
}

export async function insertTag(
  core: Core,
  scope: WorkspaceScope,
  name: string,
  colour: string,
  contactIds: readonly string[],
) {
  const id = core.newId('tag')
  await scope.execute('insert into tags (id, workspace_id, name, colour) values ($2, $1, $3, $4)', [
    scope.workspaceId,
    id,
    name,
    colour,
  ])
  await scope.execute(
    `insert into contact_tags (workspace_id, tag_id, contact_id) select $1, $2, unnest($3::text[])`,
    [scope.workspaceId, id, contactIds],
  )
}

export async function insertCityField(core: Core, scope: WorkspaceScope): Promise<void> {
  await scope.execute(
    `insert into custom_fields (id, workspace_id, key, label, type) values ($2, $1, 'kota', 'Kota', 'text')`,
    [scope.workspaceId, core.newId('fld')],
  )
}
