import { testDatabase } from '@siar/test-kit'
import { beforeEach, expect, test } from 'vitest'
import { buildWorkspace } from '../../testing/test-core.ts'
import { resetPasswordText } from '../../mail/mail-texts.ts'
import { buildIdentity } from '../identity/identity.fixtures.ts'
import { userActor } from '../identity/index.ts'
import { createAdminService } from './admin.service.ts'

const database = await testDatabase()

beforeEach(() =>
  database.pool.query('truncate users, workspaces, installation_settings, outbox_mails cascade'),
)

async function build() {
  const identity = buildIdentity(database)
  const root = await identity.addUser({ name: 'Admin', email: 'admin@example.com', isPlatformAdmin: true })
  const actor = userActor({ ...root, isPlatformAdmin: true })
  return { ...identity, root, actor, admin: createAdminService(identity.core, identity.mailer) }
}

test('users are found by a part of name or address, in pages without a gap', async () => {
  const { core, admin, addUser } = await build()
  for (const name of ['Budi Santoso', 'Dewi', 'Budiman']) {
    await core.clock.advanceBy(1)
    await addUser({ name })
  }
  const search = await admin.listUsers({ limit: 50, search: 'BUDI' })
  expect(search.data.map(({ name }) => name)).toEqual(['Budiman', 'Budi Santoso'])
  expect((await admin.listUsers({ limit: 50, search: '%' })).data).toEqual([])
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await admin.listUsers({ limit: 3, cursor })
    names.push(...page.data.map(({ name }) => name))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(names).toEqual(['Budiman', 'Dewi', 'Budi Santoso', 'Admin'])
})

test('a deactivated user is signed out at once and cannot come back until activated', async () => {
  const { core, admin, actor, auth, addUser, signIn } = await build()
  const { userId, email } = await addUser()
  const browser = await signIn(email)
  expect(await admin.updateUser(actor, userId, { active: false })).toMatchObject({ active: false })
  expect(await auth.findLogin(browser.headers())).toBeNull()
  await expect(signIn(email)).rejects.toThrow('403 USER_INACTIVE')
  await admin.updateUser(actor, userId, { active: true })
  await signIn(email)
  const actions = core.audits.map(({ action }) => action).filter((action) => action.startsWith('user.'))
  expect(actions).toEqual(['user.deactivate', 'user.activate'])
})

test('the last active platform admin stays one, also when two go at once', async () => {
  const { admin, actor, root, addUser } = await build()
  const refusal = { code: 'last_platform_admin' }
  await expect(admin.updateUser(actor, root.userId, { isPlatformAdmin: false })).rejects.toMatchObject(
    refusal,
  )
  await expect(admin.updateUser(actor, root.userId, { active: false })).rejects.toMatchObject(refusal)
  const second = await addUser()
  await admin.updateUser(actor, second.userId, { isPlatformAdmin: true })
  const results = await Promise.allSettled([
    admin.updateUser(actor, root.userId, { active: false }),
    admin.updateUser(actor, second.userId, { isPlatformAdmin: false }),
  ])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(admin.updateUser(actor, 'usr_none', { active: true })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('workspaces are listed with their sizes, and suspended and reactivated', async () => {
  const { core, admin, actor, root, addMember } = await build()
  const workspaceId = await buildWorkspace(core, { name: 'Toko' })
  await buildWorkspace(core, { status: 'removed' })
  await addMember(workspaceId, root.userId, 'owner')
  for (const status of ['suspended', 'active'] as const) {
    await admin.updateWorkspace(actor, workspaceId, { status })
    const { data } = await admin.listWorkspaces()
    expect(data).toMatchObject([
      { id: workspaceId, name: 'Toko', status, members: 1, contacts: 0, senders: 0 },
    ])
  }
  expect(core.audits.map(({ action }) => action)).toEqual(['workspace.suspend', 'workspace.reactivate'])
  expect(core.events.map(({ kind }) => kind)).toEqual(['workspace.changed', 'workspace.changed'])
  await expect(admin.updateWorkspace(actor, core.newId('ws'), { status: 'active' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('settings keep what is not named', async () => {
  const { admin, actor } = await build()
  expect(await admin.getSettings()).toEqual({ signUpOpen: false, productName: 'Siar' })
  await admin.updateSettings(actor, { productName: 'Kirim' })
  expect(await admin.updateSettings(actor, { signUpOpen: true })).toEqual({
    signUpOpen: true,
    productName: 'Kirim',
  })
  expect(await admin.getSettings()).toEqual({ signUpOpen: true, productName: 'Kirim' })
})

test('a workspace is given a message quota, none at all, and no limit again', async () => {
  const { core, admin, actor } = await build()
  const workspaceId = await buildWorkspace(core)
  for (const messageQuota of [5_000, 0, null]) {
    await admin.updateWorkspace(actor, workspaceId, { messageQuota })
    const { data } = await admin.listWorkspaces()
    expect(data).toMatchObject([{ id: workspaceId, status: 'active', messageQuota }])
  }
  expect(core.audits.map(({ action, details }) => [action, details?.['messageQuota']])).toEqual([
    ['workspace.quota', 5_000],
    ['workspace.quota', 0],
    ['workspace.quota', null],
  ])
  await expect(admin.updateWorkspace(actor, core.newId('ws'), { messageQuota: 1 })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('the outbox is read in pages, newest first', async () => {
  const { core, admin, mailer } = await build()
  for (const name of ['a', 'b', 'c']) {
    await core.clock.advanceBy(1)
    const facts = { language: 'id' as const, productName: 'Siar', name, url: 'http://localhost' }
    await mailer.post(`${name}@example.com`, resetPasswordText(facts))
  }
  const first = await admin.listOutbox({ limit: 2 })
  const second = await admin.listOutbox({ limit: 2, cursor: first.nextCursor ?? undefined })
  expect([...first.data, ...second.data].map(({ to }) => to[0])).toEqual(['c', 'b', 'a'])
  expect(second.nextCursor).toBeNull()
})
