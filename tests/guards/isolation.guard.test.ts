import type { Operation } from '@siar/contract'
import { API_KEY_SCOPES, OPERATIONS, PERMISSIONS } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import type { CallInput, Caller, Reply } from '../../apps/server/src/testing/caller.ts'
import { cases } from './cases/index.ts'
import type { Case } from './cases/case.ts'
import { references } from './cases/references.ts'
import type { Place } from './world/place.ts'
import { hashRows, idsOf, listTenantTables, readTenantRows, withUnknownIds } from './world/tenant-rows.ts'
import { buildTwoWorkspaces } from './world/two-workspaces.ts'

const { world, ours, theirs, ourKey, admin, setUp } = await buildTwoWorkspaces(await testDatabase())
const { core } = world
const theirIds = idsOf(await readTenantRows(core, theirs.workspaceId))

const lookAt = async (place: Place) => hashRows(await readTenantRows(core, place.workspaceId))
const lookAtTheirs = () => lookAt(theirs)
const isPermission = (access: Operation['access']) => Object.hasOwn(PERMISSIONS, access)
const keyMay = ({ access }: Operation) =>
  access === 'public' || (API_KEY_SCOPES as readonly string[]).includes(access)

/** What the text says about the other workspace: its word, its numbers, its ids. */
function leaksOf(text: string): string[] {
  const { marker, phonePrefix } = theirs.facts
  const words = [marker.toLowerCase(), phonePrefix].filter((word) => text.toLowerCase().includes(word))
  const ids = (text.match(/\b[a-z]{2,3}_[0-9a-f]{32}\b/g) ?? []).filter((id) => theirIds.has(id))
  return [...words, ...ids]
}

function statusesFor({ kind, ...facts }: Case): (status: number) => boolean {
  if (kind === 'foreign') return (status) => status === 404
  if (kind === 'platform') return (status) => status === 403
  if ('status' in facts) return (status) => status === facts.status
  if ('refused' in facts) return (status) => status >= 400 && status < 500
  return (status) => status < 300
}

async function expectClosed(
  operation: Operation,
  reply: Promise<Reply>,
  isRight: (status: number) => boolean,
) {
  const { status, text } = await reply
  expect(isRight(status), `${operation.id} answered a stranger with ${status} ${text.slice(0, 300)}`).toBe(
    true,
  )
  const isLink = cases[operation.id]?.kind === 'link'
  if (!isLink) expect(leaksOf(text), `${operation.id} told a stranger`).toEqual([])
}

async function callAsStranger(operation: Operation, found: Case, input: CallInput): Promise<void> {
  const isRight = statusesFor(found)
  const isOwn = found.kind === 'own' && !found.refused
  const strangersInput = async () => (isOwn ? found.call(ours) : input)
  await expectClosed(operation, ours.owner.call(operation, await strangersInput()), isRight)
  const forKey = keyMay(operation) ? isRight : (status: number) => status === 403
  if (found.kind !== 'link') {
    await expectClosed(operation, ourKey.call(operation, await strangersInput()), forKey)
  }
  if (!isPermission(operation.access)) return
  const into = { 'x-siar-workspace': theirs.workspaceId }
  const query = { ...input.query, workspace: theirs.workspaceId }
  const { browser } = ours.facts.owner
  for (const attempt of [
    browser.with(into).call(operation, input),
    ourKey.with(into).call(operation, input),
    browser.call(operation, { ...input, query }),
  ]) {
    await expectClosed(operation, attempt, (status) => status === 404)
  }
}

/** The same call by those it is for: proof that the row exists and the call is a right one. */
async function callAsTheirs(operation: Operation, found: Case, input: CallInput): Promise<Reply> {
  if (operation.id === 'identity.completeSetUp') return setUp
  if (found.kind === 'platform') return admin.call(operation, input)
  if (found.kind === 'link') return (found.by?.(theirs) ?? world.nobody).call(operation, input)
  return theirs.owner.call(operation, input)
}

/** The workspace ends with its own case. */
const inOrder = OPERATIONS.toSorted(
  (one, other) => Number(one.id === 'workspaces.remove') - Number(other.id === 'workspaces.remove'),
)

test('every operation has a case, and no case is left of an operation that is gone', () => {
  expect(Object.keys(cases).toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted())
})

test('the OpenAPI document has the operations of the contract, no more and no less', async () => {
  const document = (await world.nobody.send('GET', '/api/openapi.json')).json()
  const paths = document.paths as Record<string, Record<string, { operationId: string }>>
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
    ),
  )
  const declared = OPERATIONS.map(
    ({ id, method, path }) => `${id} ${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
  )
  expect(documented.toSorted()).toEqual(declared.toSorted())
})

test('both workspaces have a row in every tenant table, so that there is something to see', async () => {
  const tables = await listTenantTables(core)
  expect(tables.length).toBeGreaterThan(20)
  for (const { workspaceId, facts } of [ours, theirs]) {
    const rows = await readTenantRows(core, workspaceId)
    expect(
      [...rows].filter(([, lines]) => lines.length === 0).map(([table]) => table),
      facts.marker,
    ).toEqual([])
  }
})

/** A foreign row answers like one that does not exist. */
async function expectAlike(operation: Operation, input: CallInput): Promise<void> {
  const foreign = await ours.owner.call(operation, input)
  const missing = await ours.owner.call(operation, withUnknownIds(core, input))
  const told = ({ status, text }: Reply) => ({ status, text: text.replace(/req_[0-9a-f]{32}/, '') })
  expect(told(foreign)).toEqual(told(missing))
}

async function expectSeen({ text }: Reply): Promise<void> {
  const ids = idsOf(await readTenantRows(core, theirs.workspaceId))
  const seen = text.includes(theirs.facts.marker) || [...ids].some((id) => text.includes(id))
  expect(seen, `its own people see nothing in ${text.slice(0, 300)}`).toBe(true)
}

test.for(references)(
  '$name of another workspace are not found, and nothing is changed',
  async (reference) => {
    const { operation, call, answer } = reference
    const input = await call(ours, theirs)
    const [before, beforeOurs] = [await lookAtTheirs(), await lookAt(ours)]
    const { status, text } = await ours.owner.call(operation, input)
    expect(leaksOf(text)).toEqual([])
    expect(await lookAtTheirs()).toEqual(before)
    if (answer === undefined) {
      expect(status, text).toBe(404)
      expect(await lookAt(ours), 'a refused call changed the stranger’s own rows').toEqual(beforeOurs)
    } else {
      expect(JSON.parse(text)).toMatchObject(answer)
    }
    const control = await ours.owner.call(operation, await call(ours, ours))
    expect(control.status, `the same with own rows: ${control.text}`).toBeLessThan(300)
  },
)

test('one idempotency key in two workspaces is two requests', async () => {
  const headers = { 'idempotency-key': 'shared-by-chance' }
  const body = { name: 'The same', purpose: 'marketing' }
  const operation = OPERATIONS.find(({ id }) => id === 'campaigns.create')
  if (!operation) throw new Error('campaigns.create is gone')
  const create = async (caller: Caller) =>
    (await caller.call(operation, { body, headers })).json().id as string
  const [first, second] = [await create(ours.owner), await create(admin)]
  expect(first).not.toBe(second)
  expect(await create(ours.owner)).toBe(first)
})

test.for(inOrder.map((operation) => [operation.id, operation] as const))(
  '%s neither shows nor changes anything of another workspace',
  async ([id, operation]) => {
    const found = cases[id]
    if (!found) throw new Error(`${id} has no case in tests/guards/cases`)
    const input = await found.call(theirs)
    const before = await lookAtTheirs()
    await callAsStranger(operation, found, input)
    expect(await lookAtTheirs(), `${id} changed rows of the other workspace`).toEqual(before)
    if (found.kind === 'foreign') await expectAlike(operation, input)
    const control = await callAsTheirs(operation, found, input)
    expect(control.status, `${id} for its own people: ${control.text.slice(0, 300)}`).toBeLessThan(300)
    if (found.kind === 'own' && found.shows) await expectSeen(control)
  },
)
