import type { WorkspaceScope } from '@siar/database'
import type { ImportAddress } from './import-address.ts'
import type { BatchPerson } from './import-batch.repo.ts'
import type { PersonRow } from './read-row.ts'

/**
 * Puts the address first by which a person is known already, so that the row changes that contact and makes no second one; else
 * one that must not be messaged, so that a file never brings consent to a person who opted out by another address. Other people
 * stay as they are.
 */
export async function chooseMainAddresses(
  scope: WorkspaceScope,
  people: readonly PersonRow[],
): Promise<readonly PersonRow[]> {
  const addresses = people.flatMap(({ main, others }) => (others.length === 0 ? [] : [main, ...others]))
  if (addresses.length === 0) return people
  const rows = await scope.query<{ value: string; known: boolean; suppressed: boolean }>(
    `select n.value, a.known is not null as known, s.suppressed is not null as suppressed
     from unnest($2::text[], $3::text[]) as n (kind, value)
     left join lateral (select true as known from addresses
       where workspace_id = $1 and kind = n.kind and value = n.value limit 1) a on true
     left join lateral (select true as suppressed from suppressions
       where workspace_id = $1 and kind = n.kind and value = n.value limit 1) s on true`,
    [scope.workspaceId, addresses.map(({ kind }) => kind), addresses.map(({ value }) => value)],
  )
  const known = new Set(rows.filter((row) => row.known).map(({ value }) => value))
  const suppressed = new Set(rows.filter((row) => row.suppressed).map(({ value }) => value))
  const isIn = (values: ReadonlySet<string>) => (address: ImportAddress) => values.has(address.value)
  return people.map((person) => {
    if (person.others.length === 0 || isIn(known)(person.main)) return person
    const index = person.others.findIndex(isIn(known))
    if (index >= 0) return withMain(person, index)
    return isIn(suppressed)(person.main)
      ? person
      : withMain(person, person.others.findIndex(isIn(suppressed)))
  })
}

function withMain(person: PersonRow, index: number): PersonRow {
  const chosen = person.others[index]
  if (!chosen) return person
  return {
    ...person,
    main: chosen,
    others: person.others.map((address, at) => (at === index ? person.main : address)),
  }
}

/**
 * Gives the people of a batch that has just been written their further addresses. One that belongs to another contact stays there.
 * With `keep`, only contacts that this batch made get any.
 */
export async function addOtherAddresses(
  scope: WorkspaceScope,
  people: readonly BatchPerson[],
  rules: { readonly existing: 'keep' | 'overwrite' | 'fill_empty'; readonly at: Date },
): Promise<void> {
  const rows = people
    .flatMap(({ person: { main, others }, contactId, otherAddressIds }) =>
      others.map(({ kind, value, country, isLandline }, index) => ({
        id: otherAddressIds[index],
        made_id: contactId,
        main_kind: main.kind,
        main: main.value,
        kind,
        value,
        country,
        landline: isLandline,
      })),
    )
    .sort((a, b) => (a.value < b.value ? -1 : 1))
  if (rows.length === 0) return
  await scope.execute(
    `insert into addresses (id, workspace_id, contact_id, kind, value, country, is_landline, created_at)
     select o.id, $1, p.contact_id, o.kind, o.value, o.country, o.landline, $3
     from json_to_recordset($2::json) as o (id text, made_id text, main_kind text, main text, kind text, value text,
       country text, landline boolean)
     cross join lateral (
       select contact_id from addresses
       where workspace_id = $1 and kind = o.main_kind and value = o.main limit 1) p
     where $4 <> 'keep' or p.contact_id = o.made_id
     on conflict (workspace_id, kind, value) do nothing`,
    [scope.workspaceId, JSON.stringify(rows), rules.at, rules.existing],
  )
}
