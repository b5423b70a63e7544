import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import type { ContactFilter, ContactSort } from './contact-query.ts'
import { searchContactPage } from './contact-search.repo.ts'

const core = createTestCore(await testDatabase())
const workspaceId = await buildWorkspace(core)
const neighbours = await buildWorkspace(core)
const dayMs = 86_400_000
const firstNames = ['Budi', 'Sari', 'Budiman']

/** Some were made at the same instant and some have the same name, so that only the id tells them apart. */
const people = Array.from({ length: 25 }, (_, n) => ({
  id: core.newId('con'),
  fullName: `${firstNames[n % 3] ?? ''} ${n % 4}`,
  createdAt: new Date(core.now().getTime() - (n % 7) * dayMs),
}))
for (const place of [workspaceId, neighbours])
  for (const { id, fullName, createdAt } of people)
    await core.database.pool.query(
      `insert into contacts (id, workspace_id, full_name, created_at) values ($1, $2, $3, $4)`,
      [place === workspaceId ? id : core.newId('con'), place, fullName, createdAt],
    )

const filter: ContactFilter = {
  words: ['%budi%'],
  numbers: [],
  listId: null,
  tagId: null,
  consent: null,
  suppressed: null,
  segment: null,
}
const wanted = people.filter(({ fullName }) => fullName.startsWith('Budi'))
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
const ordered: Record<ContactSort, readonly string[]> = {
  newest: wanted
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || -byId(a, b))
    .map(({ id }) => id),
  name: wanted
    .toSorted((a, b) => (a.fullName < b.fullName ? -1 : a.fullName > b.fullName ? 1 : byId(a, b)))
    .map(({ id }) => id),
}

test.each([
  ['newest', 'all are gathered', 100],
  ['newest', 'more match than are gathered', 3],
  ['name', 'all are gathered', 100],
  ['name', 'more match than are gathered', 3],
] as const)(
  'pages of a search by %s hold everybody once in their order when %s',
  async (sort, _, gatheredMax) => {
    const found: string[] = []
    for (;;) {
      const last = people.find(({ id }) => id === found.at(-1))
      const after = last ? [sort === 'name' ? last.fullName : last.createdAt.toISOString(), last.id] : null
      const page = await core.inWorkspace(workspaceId, (scope) =>
        searchContactPage(scope, filter, { sort, after, limit: 4 }, gatheredMax),
      )
      expect(page.found).toBe(Math.min(wanted.length, gatheredMax + 1))
      if (page.ids.length === 0) break
      found.push(...page.ids)
    }
    expect(found).toEqual(ordered[sort])
  },
)
