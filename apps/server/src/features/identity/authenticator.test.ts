import { API_KEY_SCOPES, permissionsOf, ROLES } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildActor, buildWorkspace } from '../../testing/test-core.ts'
import { createApiKeysService } from '../workspaces/index.ts'
import { createAuthenticator } from './authenticator.ts'
import { buildIdentity } from './identity.fixtures.ts'

const database = await testDatabase()

function build() {
  const identity = buildIdentity(database)
  const authenticate = createAuthenticator(identity.core, identity.auth)
  const keys = createApiKeysService(identity.core)
  return {
    ...identity,
    keys,
    authenticate: (headers: Headers, wanted: string | null = null) =>
      authenticate(headers, '10.0.0.1', wanted),
    addKey: (workspaceId: WorkspaceId, body: Partial<Parameters<typeof keys.create>[2]> = {}) =>
      keys.create(workspaceId, buildActor(identity.core), {
        name: 'Toko',
        scopes: ['workspace.read'],
        expiresInDays: 90,
        ...body,
      }),
  }
}

const bearer = (secret: string) => new Headers({ authorization: `Bearer ${secret}` })

test('a member acts with the permissions of the role, and a changed role binds at once', async () => {
  const { core, authenticate, addUser, addMember, signIn } = build()
  const workspaceId = await buildWorkspace(core)
  const { userId, email } = await addUser()
  const memberId = await addMember(workspaceId, userId, 'owner')
  const headers = (await signIn(email)).headers()
  for (const role of ROLES) {
    await database.pool.query('update members set role = $1 where id = $2', [role, memberId])
    const identity = await authenticate(headers, workspaceId)
    expect(identity?.actor).toMatchObject({
      kind: 'user',
      id: userId,
      role,
      permissions: permissionsOf(role),
    })
    expect(identity).toMatchObject({ workspaceId, workspaceStatus: 'active', language: 'en' })
  }
})

test('a foreign workspace and one that does not exist are told apart by nobody', async () => {
  const { core, authenticate, addUser, addMember, addKey, signIn } = build()
  const own = await buildWorkspace(core)
  const foreign = await buildWorkspace(core)
  const { userId, email } = await addUser()
  await addMember(own, userId, 'owner')
  const key = bearer((await addKey(own)).secret)
  for (const headers of [(await signIn(email)).headers(), key]) {
    expect(await authenticate(headers, own)).not.toBeNull()
    for (const wanted of [foreign, core.newId('ws'), 'nonsense', `${own}'`]) {
      await expect(authenticate(headers, wanted)).rejects.toMatchObject({ code: 'not_found' })
    }
  }
})

test('without a wanted workspace the active one counts while it lasts, then the oldest membership', async () => {
  const { core, authenticate, addUser, addMember, signIn } = build()
  const [first, second] = [await buildWorkspace(core), await buildWorkspace(core)]
  const { userId, email } = await addUser()
  const headers = (await signIn(email)).headers()
  expect(await authenticate(headers)).toMatchObject({
    workspaceId: null,
    actor: { role: null, permissions: [] },
  })
  await addMember(first, userId, 'viewer')
  await core.clock.advanceBy(1)
  const memberId = await addMember(second, userId, 'owner')
  expect(await authenticate(headers)).toMatchObject({ workspaceId: first, actor: { role: 'viewer' } })
  await database.pool.query('update login_sessions set active_workspace_id = $1 where user_id = $2', [
    second,
    userId,
  ])
  expect(await authenticate(headers)).toMatchObject({ workspaceId: second, actor: { role: 'owner' } })
  await database.pool.query('delete from members where id = $1', [memberId])
  expect(await authenticate(headers)).toMatchObject({ workspaceId: first })
})

test('a key acts in its workspace with its scopes, and notes its use at most once a minute', async () => {
  const { core, authenticate, addKey, keys } = build()
  const workspaceId = await buildWorkspace(core)
  const { secret, id } = await addKey(workspaceId, { scopes: ['workspace.read', 'campaigns.write'] })
  const used = async () => (await keys.list(workspaceId)).data[0]?.lastUsedAt
  expect(await used()).toBeNull()
  expect((await authenticate(bearer(secret)))?.actor).toEqual({
    kind: 'api_key',
    id,
    name: 'Toko',
    role: null,
    permissions: ['workspace.read', 'campaigns.write'],
    isPlatformAdmin: false,
  })
  const first = await used()
  expect(first).toBe(core.now().toISOString())
  await core.clock.advanceBy(30_000)
  await authenticate(bearer(secret))
  expect(await used()).toBe(first)
  await core.clock.advanceBy(31_000)
  await authenticate(bearer(secret))
  expect(await used()).toBe(core.now().toISOString())
})

test('a key never has more than keys may have, whatever its row says', async () => {
  const { core, authenticate, addKey } = build()
  const { secret, id } = await addKey(await buildWorkspace(core))
  const stored = JSON.stringify(['members.manage', 'workspace.own', 'nonsense', ...API_KEY_SCOPES])
  await database.pool.query('update api_keys set permissions = $1 where id = $2', [stored, id])
  expect((await authenticate(bearer(secret)))?.actor.permissions).toEqual([...API_KEY_SCOPES])
})

test('a revoked, an expired and a mistyped key get nobody in', async () => {
  const { core, authenticate, addKey, keys } = build()
  const workspaceId = await buildWorkspace(core)
  const [revoked, expiring] = [await addKey(workspaceId), await addKey(workspaceId, { expiresInDays: 1 })]
  expect(await authenticate(bearer(revoked.secret))).not.toBeNull()
  await keys.revoke(workspaceId, buildActor(core), revoked.id)
  expect(await authenticate(bearer(revoked.secret))).toBeNull()
  const cut = expiring.secret.slice(0, -1)
  for (const wrong of [cut, `${expiring.secret}A`, '', 'siar_', `${cut}%`]) {
    expect(await authenticate(bearer(wrong))).toBeNull()
  }
  expect(await authenticate(bearer(expiring.secret))).not.toBeNull()
  await core.clock.advanceBy(24 * 3_600_000)
  expect(await authenticate(bearer(expiring.secret))).toBeNull()
})

test('a bad key beside a good cookie gets nobody in; a proxy’s own scheme does not disturb', async () => {
  const { authenticate, addUser, signIn } = build()
  const { email } = await addUser()
  const headers = (await signIn(email)).headers()
  headers.set('authorization', 'Basic c2lhcjpzaWFy')
  expect(await authenticate(headers)).not.toBeNull()
  headers.set('authorization', 'Bearer siar_wrong')
  expect(await authenticate(headers)).toBeNull()
})

test('a forged cookie, a deactivated user and a suspended workspace are seen in the next request', async () => {
  const { core, authenticate, addUser, addMember, addKey, signIn } = build()
  const workspaceId = await buildWorkspace(core)
  const { userId, email } = await addUser()
  await addMember(workspaceId, userId, 'owner')
  const headers = (await signIn(email)).headers()
  const forged = new Headers({ cookie: (headers.get('cookie') ?? '').replace(/.{6}$/, 'AAAAA=') })
  expect(await authenticate(forged)).toBeNull()
  const key = bearer((await addKey(workspaceId)).secret)
  await database.pool.query(`update workspaces set status = 'suspended' where id = $1`, [workspaceId])
  expect(await authenticate(headers)).toMatchObject({ workspaceStatus: 'suspended' })
  expect(await authenticate(key)).toMatchObject({ workspaceStatus: 'suspended' })
  await database.pool.query('update users set banned = true where id = $1', [userId])
  expect(await authenticate(headers)).toBeNull()
  await expect(signIn(email)).rejects.toThrow('403 USER_INACTIVE')
})

test('the secret of a key is not in the database', async () => {
  const { core, addKey } = build()
  const { secret } = await addKey(await buildWorkspace(core))
  const { rows } = await database.pool.query<{ row: string }>('select api_keys::text as row from api_keys')
  expect(rows.length).toBeGreaterThan(0)
  for (const { row } of rows) expect(row).not.toContain(secret.slice(12))
})
