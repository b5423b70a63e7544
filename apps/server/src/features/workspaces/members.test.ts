import type { Role } from '@siar/contract'
import { permissionsOf } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildWorkspace } from '../../testing/test-core.ts'
import { buildIdentity } from '../identity/identity.fixtures.ts'
import { createMembersService } from './members.service.ts'

const database = await testDatabase()

async function build(roles: readonly Role[]) {
  const identity = buildIdentity(database)
  const { core } = identity
  const workspaceId = await buildWorkspace(core)
  const people = []
  for (const role of roles) {
    const user = await identity.addUser({ name: role })
    const memberId = await identity.addMember(workspaceId, user.userId, role)
    const actor = {
      kind: 'user' as const,
      id: user.userId,
      name: role,
      role,
      permissions: permissionsOf(role),
      isPlatformAdmin: false,
    }
    people.push({ ...user, memberId, actor })
    await core.clock.advanceBy(1)
  }
  const [first, second, third] = people
  if (!first || !second) throw new Error('at least two')
  return {
    ...identity,
    workspaceId,
    first,
    second,
    third: third ?? second,
    service: createMembersService(core),
  }
}

test('lists the members of the workspace, oldest first', async () => {
  const { service, workspaceId, first, second } = await build(['owner', 'viewer'])
  const { data } = await service.list(workspaceId)
  expect(data.map(({ id, role }) => [id, role])).toEqual([
    [first.memberId, 'owner'],
    [second.memberId, 'viewer'],
  ])
})

test('the last owner is neither demoted nor removed', async () => {
  const { service, workspaceId, first } = await build(['owner', 'admin'])
  const refusal = { code: 'last_owner' }
  await expect(
    service.update(workspaceId, first.actor, first.memberId, { role: 'admin' }),
  ).rejects.toMatchObject(refusal)
  await expect(service.remove(workspaceId, first.actor, first.memberId)).rejects.toMatchObject(refusal)
})

test('two owners who remove each other at once leave one', async () => {
  const { service, workspaceId, first, second } = await build(['owner', 'owner'])
  const results = await Promise.allSettled([
    service.remove(workspaceId, first.actor, second.memberId),
    service.update(workspaceId, second.actor, first.memberId, { role: 'viewer' }),
  ])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { data } = await service.list(workspaceId)
  expect(data.filter(({ role }) => role === 'owner')).toHaveLength(1)
})

test('an admin manages everybody but owners, and makes none', async () => {
  const { core, service, workspaceId, first, second, third } = await build(['owner', 'admin', 'viewer'])
  const refusal = { code: 'forbidden' }
  await expect(
    service.update(workspaceId, second.actor, first.memberId, { role: 'viewer' }),
  ).rejects.toMatchObject(refusal)
  await expect(service.remove(workspaceId, second.actor, first.memberId)).rejects.toMatchObject(refusal)
  await expect(
    service.update(workspaceId, second.actor, second.memberId, { role: 'owner' }),
  ).rejects.toMatchObject(refusal)
  expect(await service.update(workspaceId, second.actor, third.memberId, { role: 'operator' })).toMatchObject(
    {
      role: 'operator',
    },
  )
  await service.remove(workspaceId, second.actor, third.memberId)
  expect(core.audits.map(({ action }) => action)).toEqual(['member.update', 'member.remove'])
})

test('a member of another workspace is not found', async () => {
  const own = await build(['owner', 'viewer'])
  const foreign = await build(['owner', 'viewer'])
  const refusal = { code: 'not_found' }
  const { service, workspaceId, first } = own
  await expect(
    service.update(workspaceId, first.actor, foreign.second.memberId, { role: 'admin' }),
  ).rejects.toMatchObject(refusal)
  await expect(service.remove(workspaceId, first.actor, foreign.second.memberId)).rejects.toMatchObject(
    refusal,
  )
  expect((await foreign.service.list(foreign.workspaceId)).data).toHaveLength(2)
})
