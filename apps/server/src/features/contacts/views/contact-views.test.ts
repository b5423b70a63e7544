import { contactViewOperations as operations } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../testing/test-app.ts'

const world = await createTestApp(await testDatabase())
const owner = await world.addPerson({ name: 'Sari' })
const workspaceId = await world.addWorkspace(owner, 'Kopi Melati')
const colleague = await world.addPerson({ name: 'Budi' })
await world.addMember(workspaceId, colleague, 'operator')
const sari = owner.browser.with({ 'x-siar-workspace': workspaceId })
const budi = colleague.browser.with({ 'x-siar-workspace': workspaceId })

test('a view of one member is seen, deleted and found by that member only; a shared one by all', async () => {
  const view = {
    filter: { consent: 'granted', suppressed: false },
    sort: 'name',
    columns: ['phone', 'custom:kota'],
  }
  const own = await sari.call(operations.create, { body: { name: 'Mine', ...view } })
  expect(own.json()).toMatchObject({ name: 'Mine', shared: false, isOwn: true, ...view })
  const shared = await sari.call(operations.create, { body: { name: 'Ours', shared: true, ...view } })
  const namesOf = async (caller: typeof sari) =>
    ((await caller.call(operations.list)).json().data as { name: string; isOwn: boolean }[]).map(
      ({ name, isOwn }) => `${name} ${isOwn}`,
    )
  expect(await namesOf(sari)).toEqual(['Mine true', 'Ours true'])
  expect(await namesOf(budi)).toEqual(['Ours false'])

  const params = { viewId: own.json().id as string }
  expect((await budi.call(operations.remove, { params })).status).toBe(404)
  expect(
    (await budi.call(operations.remove, { params: { viewId: shared.json().id as string } })).status,
  ).toBe(204)
  expect(await namesOf(sari)).toEqual(['Mine true'])
  expect((await sari.call(operations.remove, { params })).status).toBe(204)
})

test('two members may use one name, one member only once', async () => {
  const body = { name: 'Weekly', filter: {}, columns: [] }
  expect((await sari.call(operations.create, { body })).status).toBe(201)
  expect((await budi.call(operations.create, { body })).status).toBe(201)
  expect((await sari.call(operations.create, { body: { ...body, name: 'WEEKLY' } })).status).toBe(409)
})
