import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildWorkspace, createTestCore } from '../../testing/test-core.ts'

const core = createTestCore(await testDatabase())
const { pool } = core.database
const workspaceId = await buildWorkspace(core)
const tagIds = [core.newId('tag'), core.newId('tag')]
const listIds = [core.newId('lst'), core.newId('lst')]

const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await pool.query(sql, values)).rows as T[]

async function makeContact(): Promise<string> {
  const id = core.newId('con')
  await query(`select setval('contacts_number_seq', nextval('contacts_number_seq') + 3000)`)
  await query('insert into contacts (id, workspace_id) values ($1, $2)', [id, workspaceId])
  return id
}

for (const id of tagIds)
  await query('insert into tags (id, workspace_id, name) values ($1, $2, $1)', [id, workspaceId])
for (const id of listIds)
  await query('insert into lists (id, workspace_id, name) values ($1, $2, $1)', [id, workspaceId])
const people = await Promise.all(Array.from({ length: 12 }, makeContact))

/** Groups and people that bits and memberships do not agree about, among the people that exist. */
const disagreeing = () =>
  query(
    `select g.id, c.id from contacts c,
       (select id from tags union all select id from lists) g
     where (get_bit(bits_of_group($1, g.id), c.number) > 0) <> exists (
       select from contact_tags where tag_id = g.id and contact_id = c.id
       union all select from list_members where list_id = g.id and contact_id = c.id)`,
    [workspaceId],
  )

const anyOf = <T>(choices: readonly T[]) => fc.subarray([...choices], { minLength: 1 })
const anyChange = fc.record({
  kind: fc.constantFrom('add', 'remove', 'move'),
  table: fc.constantFrom(
    { name: 'contact_tags', column: 'tag_id', groups: tagIds },
    { name: 'list_members', column: 'list_id', groups: listIds },
  ),
  people: anyOf(people),
  groups: fc.subarray([0, 1], { minLength: 1 }),
})

test('the bits of tags and lists say who is a member, whatever was added, moved and removed before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 8 }), async (changes) => {
      for (const { kind, table, people: chosen, groups } of changes) {
        const ids = groups.map((place) => table.groups[place])
        if (kind === 'add')
          await query(
            `insert into ${table.name} (workspace_id, ${table.column}, contact_id)
             select $1, g, c from unnest($2::text[]) g, unnest($3::text[]) c on conflict do nothing`,
            [workspaceId, ids, chosen],
          )
        else if (kind === 'remove')
          await query(`delete from ${table.name} where ${table.column} = any($1) and contact_id = any($2)`, [
            ids,
            chosen,
          ])
        else
          await query(
            `update ${table.name} m set ${table.column} = $2 where ${table.column} = $1 and contact_id = any($3)
               and not exists (select from ${table.name} o where o.${table.column} = $2 and o.contact_id = m.contact_id)`,
            [table.groups[0], table.groups[1], chosen],
          )
      }
      expect(await disagreeing()).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('two transactions that tag neighbours at once keep both', async () => {
  const [tagId] = tagIds
  await query('delete from contact_tags')
  const [first, second] = [await pool.connect(), await pool.connect()]
  const add = `insert into contact_tags (workspace_id, tag_id, contact_id) values ($1, $2, $3)`
  try {
    await first.query('begin')
    await second.query('begin')
    await first.query(add, [workspaceId, tagId, people[0]])
    const waiting = second.query(add, [workspaceId, tagId, people[1]])
    await first.query('commit')
    await waiting
    await second.query('commit')
  } finally {
    first.release()
    second.release()
  }
  expect(await disagreeing()).toEqual([])
  expect(await query('select 1 from contact_tags')).toHaveLength(2)
})

test('a contact that is deleted takes its memberships along; a tag that is deleted leaves no bits', async () => {
  const [tagId, otherTagId] = tagIds
  const gone = await makeContact()
  await query(
    `insert into contact_tags (workspace_id, tag_id, contact_id) select $1, t, $3 from unnest($2::text[]) t`,
    [workspaceId, tagIds, gone],
  )
  await query('delete from contacts where id = $1', [gone])
  expect(await disagreeing()).toEqual([])
  await query('delete from tags where id = $1', [tagId])
  const groups = await query<{ id: string }>('select distinct group_id as id from membership_bits')
  expect(groups.map(({ id }) => id)).not.toContain(tagId)
  expect(groups.map(({ id }) => id)).toContain(otherTagId)
})

test('bits that are made anew are those that were kept', async () => {
  const all =
    'select workspace_id, group_id, block, bits from membership_bits where bit_count(bits) > 0 order by 2, 3'
  const member = people[3]
  await query(
    `insert into contact_tags (workspace_id, tag_id, contact_id) values ($1, $2, $3) on conflict do nothing`,
    [workspaceId, tagIds[1], member],
  )
  await query('delete from contacts where id <> all($1)', [people])
  await query('select fill_membership_bits()')
  const made = await query(all)
  await query('delete from contact_tags where contact_id = $1', [member])
  await query(
    `insert into contact_tags (workspace_id, tag_id, contact_id) values ($1, $2, $3) on conflict do nothing`,
    [workspaceId, tagIds[1], member],
  )
  expect(await query(all)).toEqual(made)
  expect(made.length).toBeGreaterThan(0)
})
