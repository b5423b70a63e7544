import {
  contactOperations,
  identityOperations,
  OPERATIONS,
  PERMISSIONS,
  workspaceOperations,
} from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestApp } from '../testing/test-app.ts'

const world = await createTestApp(await testDatabase())
const admin = await world.addPerson({ isPlatformAdmin: true })

async function build(name: string) {
  const owner = await world.addPerson()
  const workspaceId = await world.addWorkspace(owner, name)
  const key = await world.addKey(owner.browser, ['workspace.read', 'contacts.write'])
  const suspend = (status: string) =>
    admin.browser.send('PATCH', `/api/v1/admin/workspaces/${workspaceId}`, { body: { status } })
  return { owner, workspaceId, key, suspend }
}

test('in a suspended workspace people and programs read, and change nothing', async () => {
  const { owner, key, suspend } = await build('Toko Apel')
  expect((await suspend('suspended')).status).toBe(204)
  for (const caller of [owner.browser, key]) {
    expect((await caller.call(contactOperations.list)).status).toBe(200)
    const refused = await caller.call(contactOperations.createTag, { body: { name: 'new' } })
    expect([refused.status, refused.json().code]).toEqual([403, 'workspace_suspended'])
  }
  const changes = OPERATIONS.filter(
    ({ method, access }) => method !== 'GET' && Object.hasOwn(PERMISSIONS, access),
  )
  for (const operation of changes) {
    const answer = await owner.browser.call(operation, { body: {} })
    expect([answer.status, answer.json().code], operation.id).toEqual([403, 'workspace_suspended'])
  }
  await suspend('active')
  expect((await key.call(contactOperations.createTag, { body: { name: 'new' } })).status).toBe(201)
})

test('a removed workspace is gone for its people and its keys at once', async () => {
  const { owner, workspaceId, key } = await build('Toko Zebra')
  const here = { 'x-siar-workspace': workspaceId }
  const removed = await owner.browser.call(workspaceOperations.remove, {
    body: { confirmName: 'Toko Zebra' },
  })
  expect(removed.status).toBe(204)
  expect((await key.call(contactOperations.list)).status).toBe(401)
  expect((await owner.browser.with(here).call(contactOperations.list)).status).toBe(404)
  expect((await owner.browser.call(contactOperations.list)).status).toBe(404)
  const me = (await owner.browser.call(identityOperations.getMe)).json()
  expect(me).toMatchObject({ workspaces: [], activeWorkspaceId: null })
})
