import { testDatabase } from '@siar/test-kit'
import { beforeEach, expect, test } from 'vitest'
import { buildWorkspace } from '../../testing/test-core.ts'
import { buildIdentity, password } from '../identity/identity.fixtures.ts'
import { createProfileService } from '../identity/index.ts'
import { createSetUpLink, createSetUpService } from './set-up.service.ts'

const database = await testDatabase()
const dayMs = 24 * 3_600_000

beforeEach(() => database.pool.query('truncate users, workspaces, installation_settings cascade'))

const build = () => {
  const identity = buildIdentity(database)
  return { ...identity, setUp: createSetUpService(identity.core, identity.auth) }
}

const tokenOf = (link: { url: string } | null) =>
  new URL(link?.url ?? 'http://none').searchParams.get('token') ?? ''

const body = (token: string, email = 'owner@example.com') => ({
  token,
  name: 'Sari',
  email,
  password,
  workspaceName: 'Toko Sari',
  language: 'en' as const,
})

test('the link makes the platform admin with a workspace, who can sign in; then it is over for good', async () => {
  const { core, setUp, signIn, auth } = build()
  expect(await setUp.getState()).toEqual({ needed: true, signUpOpen: false, productName: 'Siar' })
  const link = await createSetUpLink(core)
  expect(link?.url).toMatch(/^http:\/\/localhost:3000\/set-up\?token=[\w-]{43}$/)
  const { userId, workspaceId } = await setUp.complete(body(tokenOf(link)))
  const login = await auth.findLogin((await signIn('owner@example.com')).headers())
  expect(login).toMatchObject({ userId, isPlatformAdmin: true, language: 'en' })
  const { rows } = await database.pool.query('select workspace_id, role from members where user_id = $1', [
    userId,
  ])
  expect(rows).toEqual([{ workspace_id: workspaceId, role: 'owner' }])
  expect(await setUp.getState()).toMatchObject({ needed: false })
  expect(await createSetUpLink(core)).toBeNull()
  await expect(setUp.complete(body(tokenOf(link), 'b@example.com'))).rejects.toMatchObject({
    code: 'set_up_done',
  })
})

test('of several set-ups at once one wins and the others are told', async () => {
  const { core, setUp } = build()
  const token = tokenOf(await createSetUpLink(core))
  const results = await Promise.allSettled(
    ['a', 'b', 'c'].map((name) => setUp.complete(body(token, `${name}@example.com`))),
  )
  const codes = results.map((result) =>
    result.status === 'rejected' ? (result.reason as { code: string }).code : 'ok',
  )
  expect(codes.sort()).toEqual(['ok', 'set_up_done', 'set_up_done'])
  const { rows } = await database.pool.query('select count(*)::int from users')
  expect(rows).toEqual([{ count: 1 }])
})

test('a wrong token, one older than a day, and one that a newer link replaced are refused', async () => {
  const { core, setUp } = build()
  const refusal = { code: 'set_up_link_invalid' }
  await expect(setUp.complete(body('x'.repeat(43)))).rejects.toMatchObject(refusal)
  const replaced = tokenOf(await createSetUpLink(core))
  const token = tokenOf(await createSetUpLink(core))
  await expect(setUp.complete(body(replaced))).rejects.toMatchObject(refusal)
  await core.clock.advanceBy(dayMs)
  await expect(setUp.complete(body(token))).rejects.toMatchObject(refusal)
  const { rows } = await database.pool.query('select count(*)::int from users')
  expect(rows).toEqual([{ count: 0 }])
})

test('the token is not in the database', async () => {
  const { core } = build()
  const token = tokenOf(await createSetUpLink(core))
  const { rows } = await database.pool.query<{ value: string }>(
    'select value::text from installation_settings',
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.value).not.toContain(token)
})

test('the first admin becomes the owner of what was made before, and of nothing that has an owner', async () => {
  const { core, auth, addUser, addMember, signIn } = build()
  const [demo, owned] = [await buildWorkspace(core, { isDemo: true }), await buildWorkspace(core)]
  await addMember(owned, (await addUser()).userId, 'owner')
  const seen: string[] = []
  const setUp = createSetUpService(core, auth, async (_scope, userId) => void seen.push(userId))
  const { userId, workspaceId } = await setUp.complete(body(tokenOf(await createSetUpLink(core))))
  const me = await createProfileService(core, auth).getMe((await signIn('owner@example.com')).headers())
  expect(me.workspaces.map(({ id, role }) => [id, role])).toEqual([
    [workspaceId, 'owner'],
    [demo, 'owner'],
  ])
  expect(seen).toEqual([userId])
})

test('when the address is taken nothing is made and the link still works', async () => {
  const { core, setUp, addUser } = build()
  const { email } = await addUser()
  const token = tokenOf(await createSetUpLink(core))
  await expect(setUp.complete(body(token, email))).rejects.toMatchObject({ code: 'already_exists' })
  await expect(setUp.complete(body(token))).resolves.toMatchObject({ userId: expect.stringMatching(/^usr_/) })
})
