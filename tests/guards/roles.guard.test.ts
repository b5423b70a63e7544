import type { ApiKeyScope, Operation } from '@siar/contract'
import { API_KEY_SCOPES, OPERATIONS, PERMISSIONS, ROLES, roleMay } from '@siar/contract'
import type { Permission } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createWorkspacesService } from '../../apps/server/src/features/workspaces/index.ts'
import type { Caller, Reply } from '../../apps/server/src/testing/caller.ts'
import { createTestApp } from '../../apps/server/src/testing/test-app.ts'
import { buildWorkspace } from '../../apps/server/src/testing/test-core.ts'
import { cases } from './cases/index.ts'
import { answerCalls } from './world/answer-calls.ts'
import { createPlace } from './world/place.ts'

const world = await createTestApp(await testDatabase(), {
  replace: (core) => ({ workspaces: createWorkspacesService(core, () => buildWorkspace(core)) }),
})
answerCalls(world.core)
world.services.testSend.attach(async () => ({ outcome: 'accepted', reason: null }))
const owner = await world.addPerson({ name: 'Kebun' })
const workspaceId = await world.addWorkspace(owner, 'Kebun workspace')
const place = createPlace(world, { marker: 'Kebun', phonePrefix: '6285530', workspaceId, owner })
const here = { 'x-siar-workspace': workspaceId }
const admin = (await world.addPerson({ name: 'Admin', isPlatformAdmin: true })).browser.with(here)

const people = new Map<string, Caller>([['owner', place.owner]])
for (const role of ROLES.slice(1)) {
  const person = await world.addPerson({ name: role })
  await world.addMember(workspaceId, person, role)
  people.set(role, person.browser.with(here))
}
const keys = new Map<ApiKeyScope, { readonly only: Caller; readonly without: Caller }>()
for (const scope of API_KEY_SCOPES) {
  const others = API_KEY_SCOPES.filter((other) => other !== scope)
  const [only, without] = [await world.addKey(place.owner, [scope]), await world.addKey(place.owner, others)]
  keys.set(scope, { only, without })
}
const fullKey = await world.addKey(place.owner, API_KEY_SCOPES)

interface Attempt {
  readonly who: string
  readonly caller: Caller
  /** Null: allowed. */
  readonly refusal: { readonly status: number; readonly code: string } | null
}

const unauthenticated = { status: 401, code: 'unauthenticated' }
const forbidden = { status: 403, code: 'forbidden' }
const scopeMissing = { status: 403, code: 'api_key_scope_missing' }
const notFound = { status: 404, code: 'not_found' }

function attemptsOf({ access }: Operation): Attempt[] {
  const everybody = [...people].map(([who, caller]) => ({ who, caller }))
  const stranger = { who: 'nobody', caller: world.nobody }
  const key = { who: 'a key', caller: fullKey }
  const platform = { who: 'the platform admin', caller: admin }
  switch (access) {
    case 'public':
      return [...everybody, platform, key, stranger].map((who) => ({ ...who, refusal: null }))
    case 'signed_in':
      return [
        ...[...everybody, platform].map((who) => ({ ...who, refusal: null })),
        { ...key, refusal: forbidden },
        { ...stranger, refusal: unauthenticated },
      ]
    case 'platform_admin':
      return [
        { ...platform, refusal: null },
        ...[...everybody, key].map((who) => ({ ...who, refusal: forbidden })),
        { ...stranger, refusal: unauthenticated },
      ]
    default:
      return [
        ...ROLES.map((role) => ({
          who: role,
          caller: people.get(role) ?? world.nobody,
          refusal: roleMay(role, access) ? null : forbidden,
        })),
        ...keyAttempts(access),
        { ...platform, who: 'a platform admin who is no member', refusal: notFound },
        { ...stranger, refusal: unauthenticated },
      ]
  }
}

function keyAttempts(permission: Permission): Attempt[] {
  const pair = keys.get(permission as ApiKeyScope)
  if (!pair) return [{ who: 'a key with every scope', caller: fullKey, refusal: scopeMissing }]
  return [
    { who: `a key with ${permission} alone`, caller: pair.only, refusal: null },
    { who: `a key without ${permission}`, caller: pair.without, refusal: scopeMissing },
  ]
}

function expectAnswer({ status, text }: Reply, { who, refusal }: Attempt): void {
  if (refusal) {
    const { code } = JSON.parse(text) as { code?: string }
    expect({ status, code }, `${who} must be refused`).toEqual(refusal)
  } else {
    expect([401, 403], `${who} is allowed, but got ${status} ${text.slice(0, 200)}`).not.toContain(status)
  }
}

const inOrder = OPERATIONS.toSorted(
  (one, other) => Number(one.id === 'workspaces.remove') - Number(other.id === 'workspaces.remove'),
)

test.for(inOrder.map((operation) => [operation.id, operation.access, operation] as const))(
  '%s asks for %s of every role, key and level',
  async ([id, , operation]) => {
    const input = await cases[id]?.call(place)
    if (!input) throw new Error(`${id} has no case in tests/guards/cases`)
    const attempts = attemptsOf(operation)
    for (const attempt of attempts.filter(({ refusal }) => refusal !== null)) {
      expectAnswer(await attempt.caller.call(operation, input), attempt)
    }
    const replies: number[] = []
    for (const attempt of attempts.filter(({ refusal }) => refusal === null)) {
      const reply = await attempt.caller.call(operation, input)
      replies.push(reply.status)
      if (cases[id]?.kind !== 'link') expectAnswer(reply, attempt)
    }
    const reached = cases[id]?.kind === 'link' || replies.some((status) => status < 300)
    expect(reached, `nobody allowed got through: ${replies.join(', ')}`).toBe(true)
  },
)

test('every permission of the table guards an operation, or is about what is not built yet', () => {
  const used = new Set<string>(OPERATIONS.map(({ access }) => access))
  expect(Object.keys(PERMISSIONS).filter((permission) => !used.has(permission))).toEqual([])
})
