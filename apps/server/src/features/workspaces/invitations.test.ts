import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildActor, buildWorkspace } from '../../testing/test-core.ts'
import { buildIdentity, password } from '../identity/identity.fixtures.ts'
import { createInvitationsService } from './invitations.service.ts'

const database = await testDatabase()
const anonymous = new Headers()
const fresh = { name: 'Budi', password }
const dayMs = 24 * 3_600_000
let count = 0
const newEmail = () => `invited.${(count += 1)}@example.com`

async function build() {
  const identity = buildIdentity(database)
  const { core, auth, mailer } = identity
  const workspaceId = await buildWorkspace(core, { name: 'Toko Sari', language: 'en' })
  const inviter = await identity.addUser({ name: 'Sari' })
  const actor = { ...buildActor(core, 'owner'), id: inviter.userId, name: 'Sari' }
  const roleOf = async (email: string) => {
    const { rows } = await database.pool.query<{ role: string }>(
      'select m.role from members m join users u on u.id = m.user_id where m.workspace_id = $1 and u.email = $2',
      [workspaceId, email],
    )
    return rows.map(({ role }) => role)
  }
  const service = createInvitationsService(core, auth, mailer)
  return { ...identity, workspaceId, actor, service, roleOf }
}

test('a new person joins by the link with the invited role, counts as verified, and signs in', async () => {
  const { core, service, workspaceId, actor, mailer, roleOf, signIn } = await build()
  const email = newEmail()
  const invitation = await service.invite(workspaceId, actor, {
    email: email.toUpperCase(),
    role: 'operator',
  })
  expect(invitation).toMatchObject({
    email,
    status: 'pending',
    link: `${core.config.publicUrl}/invitations/${invitation.id}`,
    expiresAt: new Date(core.now().getTime() + 7 * dayMs).toISOString(),
  })
  const [mail] = await mailer.listOutbox({ before: null, limit: 1 })
  expect(mail).toMatchObject({ to: email, subject: 'Invitation to Toko Sari at Siar' })
  expect(mail?.text).toContain(invitation.link)
  expect(await service.view(invitation.id)).toEqual({
    workspaceName: 'Toko Sari',
    email,
    role: 'operator',
    inviterName: 'Sari',
    accountExists: false,
  })
  expect(await service.accept(invitation.id, anonymous, fresh, 'en')).toEqual({ workspaceId })
  expect(await roleOf(email)).toEqual(['operator'])
  const { rows } = await database.pool.query('select language from users where email = $1', [email])
  expect(rows).toEqual([{ language: 'en' }])
  await signIn(email)
  const accepted = core.audits.find(({ action }) => action === 'invitation.accept')
  expect(accepted).toMatchObject({ workspaceId, actor: { kind: 'user', name: 'Budi' } })
})

test('an invitation is used once, also by several at once', async () => {
  const { service, workspaceId, actor, roleOf } = await build()
  const email = newEmail()
  const { id } = await service.invite(workspaceId, actor, { email, role: 'viewer' })
  const results = await Promise.allSettled([1, 2, 3].map(() => service.accept(id, anonymous, fresh, 'en')))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await roleOf(email)).toEqual(['viewer'])
  await expect(service.view(id)).rejects.toMatchObject({ code: 'invitation_invalid' })
})

test('whoever has an account must be signed in with the invited address', async () => {
  const { service, workspaceId, actor, addUser, signIn, roleOf } = await build()
  const [guest, stranger] = [await addUser(), await addUser()]
  const { id } = await service.invite(workspaceId, actor, { email: guest.email, role: 'agent' })
  expect((await service.view(id)).accountExists).toBe(true)
  await expect(service.accept(id, anonymous, fresh, 'en')).rejects.toMatchObject({ code: 'unauthenticated' })
  const other = (await signIn(stranger.email)).headers()
  await expect(service.accept(id, other, {}, 'en')).rejects.toMatchObject({ code: 'forbidden' })
  const own = (await signIn(guest.email)).headers()
  expect(await service.accept(id, own, {}, 'en')).toEqual({ workspaceId })
  expect(await roleOf(guest.email)).toEqual(['agent'])
})

test('a new account needs a name and a password', async () => {
  const { service, workspaceId, actor, roleOf } = await build()
  const email = newEmail()
  const { id } = await service.invite(workspaceId, actor, { email, role: 'viewer' })
  await expect(service.accept(id, anonymous, { name: 'Budi' }, 'en')).rejects.toMatchObject({
    code: 'validation_failed',
    details: { problems: [{ path: 'password' }] },
  })
  expect(await roleOf(email)).toEqual([])
})

test('after seven days, after being taken back, and after a newer one the link is dead', async () => {
  const { core, service, workspaceId, actor } = await build()
  const email = newEmail()
  const dead = { code: 'invitation_invalid' }
  const older = await service.invite(workspaceId, actor, { email, role: 'viewer' })
  const newer = await service.invite(workspaceId, actor, { email, role: 'agent' })
  await expect(service.accept(older.id, anonymous, fresh, 'en')).rejects.toMatchObject(dead)
  expect((await service.list(workspaceId)).data.map(({ id }) => id)).toEqual([newer.id])
  const taken = await service.invite(workspaceId, actor, { email: newEmail(), role: 'viewer' })
  await service.cancel(workspaceId, actor, taken.id)
  await expect(service.accept(taken.id, anonymous, fresh, 'en')).rejects.toMatchObject(dead)
  await expect(service.cancel(workspaceId, actor, taken.id)).rejects.toMatchObject({ code: 'not_found' })
  await core.clock.advanceBy(7 * dayMs)
  await expect(service.accept(newer.id, anonymous, fresh, 'en')).rejects.toMatchObject(dead)
  await expect(service.view(newer.id)).rejects.toMatchObject(dead)
  expect((await service.list(workspaceId)).data).toMatchObject([{ id: newer.id, status: 'expired' }])
})

test('members are not invited again; an admin neither invites an owner nor ends an owner’s invitation', async () => {
  const { core, service, workspaceId, actor, addUser, addMember } = await build()
  const admin = { ...actor, role: 'admin' as const }
  const guest = await addUser()
  await addMember(workspaceId, guest.userId, 'viewer')
  const again = service.invite(workspaceId, actor, { email: guest.email, role: 'agent' })
  await expect(again).rejects.toMatchObject({ code: 'already_exists' })
  const email = newEmail()
  const refusal = { code: 'forbidden' }
  await expect(service.invite(workspaceId, admin, { email, role: 'owner' })).rejects.toMatchObject(refusal)
  const { id } = await service.invite(workspaceId, actor, { email, role: 'owner' })
  await expect(service.cancel(workspaceId, admin, id)).rejects.toMatchObject(refusal)
  await expect(service.invite(workspaceId, admin, { email, role: 'viewer' })).rejects.toMatchObject(refusal)
  expect((await service.view(id)).role).toBe('owner')
  const foreign = await buildWorkspace(core)
  await expect(service.cancel(foreign, actor, id)).rejects.toMatchObject({ code: 'not_found' })
})
