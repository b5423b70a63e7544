import { testDatabase } from '@siar/test-kit'
import { Me } from '@siar/contract'
import { expect, test } from 'vitest'
import { buildWorkspace } from '../../testing/test-core.ts'
import { buildIdentity } from './identity.fixtures.ts'
import { userActor } from './login.ts'
import { createProfileService } from './profile.service.ts'

const database = await testDatabase()

async function build() {
  const identity = buildIdentity(database)
  const user = await identity.addUser({ email: `Sari.${identity.core.newId('usr')}@Example.com` })
  const browser = await identity.signIn(user.email)
  return {
    ...identity,
    user,
    browser,
    actor: userActor(user),
    profile: createProfileService(identity.core, identity.auth),
  }
}

test('a person sees the own workspaces with role and permissions', async () => {
  const { core, profile, browser, user, addMember } = await build()
  const workspaceId = await buildWorkspace(core, { name: 'Toko Sari' })
  await buildWorkspace(core, { name: 'Foreign' })
  await addMember(workspaceId, user.userId, 'agent')
  const me = Me.parse(await profile.getMe(browser.headers()))
  expect(me).toMatchObject({
    email: user.email.toLowerCase(),
    language: 'en',
    currency: 'IDR',
    timeZone: 'Asia/Jakarta',
    isPlatformAdmin: false,
    activeWorkspaceId: workspaceId,
  })
  expect(me.workspaces).toEqual([
    {
      id: workspaceId,
      name: 'Toko Sari',
      role: 'agent',
      isDemo: false,
      permissions: ['inbox.read', 'inbox.answer'],
    },
  ])
})

test('changing one thing keeps the others, and is in the audit log', async () => {
  const { core, profile, browser, actor } = await build()
  await profile.updateMe(browser.headers(), actor, { name: 'Sari Dewi', currency: 'USD' })
  const me = await profile.updateMe(browser.headers(), actor, { timeZone: 'Asia/Makassar' })
  expect(me).toMatchObject({ name: 'Sari Dewi', currency: 'USD', timeZone: 'Asia/Makassar', language: 'en' })
  const changes = core.audits.filter(({ action }) => action === 'user.update').map(({ details }) => details)
  expect(changes).toEqual([{ fields: ['name', 'currency'] }, { fields: ['timeZone'] }])
})

test('the active workspace moves only to a membership, and only in this browser', async () => {
  const { core, profile, browser, user, actor, addMember, signIn } = await build()
  const [first, second, foreign] = await Promise.all([1, 2, 3].map(() => buildWorkspace(core)))
  for (const workspaceId of [first, second]) {
    if (workspaceId) await addMember(workspaceId, user.userId, 'owner')
    await core.clock.advanceBy(1)
  }
  const elsewhere = await signIn(user.email)
  const me = await profile.updateMe(browser.headers(), actor, { activeWorkspaceId: second })
  expect(me.activeWorkspaceId).toBe(second)
  expect((await profile.getMe(elsewhere.headers())).activeWorkspaceId).toBe(first)
  const change = { activeWorkspaceId: foreign, name: 'Not this' }
  await expect(profile.updateMe(browser.headers(), actor, change)).rejects.toMatchObject({
    code: 'not_found',
  })
  expect((await profile.getMe(browser.headers())).name).toBe('Sari')
})

test('a person ends an own session at once, and nobody else’s', async () => {
  const { auth, profile, browser, user, actor, addUser, signIn } = await build()
  const elsewhere = await signIn(user.email)
  const stranger = await signIn((await addUser()).email)
  const { data } = await profile.listLoginSessions(browser.headers())
  expect(data).toHaveLength(2)
  expect(data.filter((one) => one.current)).toHaveLength(1)
  expect(data.every((one) => one.ipAddress?.startsWith('10.0.'))).toBe(true)
  const other = data.find((one) => !one.current)?.id ?? ''
  await expect(profile.revokeLoginSession(stranger.headers(), actor, other)).rejects.toMatchObject({
    code: 'not_found',
  })
  await profile.revokeLoginSession(browser.headers(), actor, other)
  expect(await auth.findLogin(elsewhere.headers())).toBeNull()
  expect(await auth.findLogin(browser.headers())).not.toBeNull()
  await expect(profile.revokeLoginSession(browser.headers(), actor, other)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('the command line finds a person by the address, in any spelling, and the oldest active admin', async () => {
  const { core, profile, user, addUser } = await build()
  expect(await profile.getUserIdByEmail(` ${user.email.toUpperCase()} `)).toBe(user.userId)
  await expect(profile.getUserIdByEmail('nobody@example.com')).rejects.toMatchObject({ code: 'not_found' })
  expect(await profile.findFirstAdminId()).toBeNull()
  const first = await addUser({ isPlatformAdmin: true })
  await core.clock.advanceBy(1)
  const second = await addUser({ isPlatformAdmin: true })
  expect(await profile.findFirstAdminId()).toBe(first.userId)
  await database.pool.query('update users set banned = true where id = $1', [first.userId])
  expect(await profile.findFirstAdminId()).toBe(second.userId)
})
