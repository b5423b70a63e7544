import type { WorkspaceScope } from '@siar/database'
import type { BatchPerson } from './import-batch.repo.ts'
import type { PersonRow } from './read-row.ts'

/**
 * Puts the number first by which a person is known already, so that the row changes that contact and makes no second one; else
 * one that must not be messaged, so that a file never brings consent to a person who opted out by another number. Other people
 * stay as they are.
 */
export async function chooseMainNumbers(
  scope: WorkspaceScope,
  people: readonly PersonRow[],
): Promise<readonly PersonRow[]> {
  const numbers = people.flatMap(({ phone, otherPhones }) =>
    otherPhones.length === 0 ? [] : [phone, ...otherPhones.map(({ e164 }) => e164)],
  )
  if (numbers.length === 0) return people
  const rows = await scope.query<{ value: string; known: boolean; suppressed: boolean }>(
    `select n.value, a.known is not null as known, s.suppressed is not null as suppressed
     from unnest($2::text[]) as n (value)
     left join lateral (select true as known from addresses
       where workspace_id = $1 and kind = 'phone' and value = n.value limit 1) a on true
     left join lateral (select true as suppressed from suppressions
       where workspace_id = $1 and kind = 'phone' and value = n.value limit 1) s on true`,
    [scope.workspaceId, numbers],
  )
  const known = new Set(rows.filter((row) => row.known).map(({ value }) => value))
  const suppressed = new Set(rows.filter((row) => row.suppressed).map(({ value }) => value))
  return people.map((person) => {
    const isMain = (numbers: ReadonlySet<string>) => numbers.has(person.phone)
    if (person.otherPhones.length === 0 || isMain(known)) return person
    const other = ({ e164 }: { e164: string }) => known.has(e164)
    const index = person.otherPhones.findIndex(other)
    if (index >= 0) return withMain(person, index)
    return isMain(suppressed)
      ? person
      : withMain(
          person,
          person.otherPhones.findIndex(({ e164 }) => suppressed.has(e164)),
        )
  })
}

function withMain(person: PersonRow, index: number): PersonRow {
  const chosen = person.otherPhones[index]
  if (!chosen) return person
  const main = {
    ok: true,
    e164: person.phone,
    country: person.country,
    kind: person.isLandline ? 'landline' : 'mobile',
  } as const
  return {
    ...person,
    phone: chosen.e164,
    country: chosen.country,
    isLandline: chosen.kind === 'landline',
    otherPhones: person.otherPhones.map((phone, at) => (at === index ? main : phone)),
  }
}

/**
 * Gives the people of a batch that has just been written their further numbers. One that belongs to another contact stays there.
 * With `keep`, only contacts that this batch made get any.
 */
export async function addOtherNumbers(
  scope: WorkspaceScope,
  people: readonly BatchPerson[],
  rules: { readonly existing: 'keep' | 'overwrite' | 'fill_empty'; readonly at: Date },
): Promise<void> {
  const rows = people
    .flatMap(({ person, contactId, otherAddressIds }) =>
      person.otherPhones.map(({ e164, country, kind }, index) => ({
        id: otherAddressIds[index],
        made_id: contactId,
        main: person.phone,
        value: e164,
        country,
        landline: kind === 'landline',
      })),
    )
    .sort((a, b) => (a.value < b.value ? -1 : 1))
  if (rows.length === 0) return
  await scope.execute(
    `insert into addresses (id, workspace_id, contact_id, kind, value, country, is_landline, created_at)
     select o.id, $1, p.contact_id, 'phone', o.value, o.country, o.landline, $3
     from json_to_recordset($2::json) as o (id text, made_id text, main text, value text, country text, landline boolean)
     cross join lateral (
       select contact_id from addresses where workspace_id = $1 and kind = 'phone' and value = o.main limit 1) p
     where $4 <> 'keep' or p.contact_id = o.made_id
     on conflict (workspace_id, kind, value) do nothing`,
    [scope.workspaceId, JSON.stringify(rows), rules.at, rules.existing],
  )
}
