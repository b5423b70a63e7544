import type { Operation } from '@siar/contract'
import { OPERATIONS } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWorkspacesService } from '../../apps/server/src/features/workspaces/index.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import type { CallInput } from '../../apps/server/src/testing/caller.ts'
import { createTestApp } from '../../apps/server/src/testing/test-app.ts'
import { buildWorkspace } from '../../apps/server/src/testing/test-core.ts'
import { cases } from './cases/index.ts'
import { answerCalls } from './world/answer-calls.ts'
import { forgedCursors, hostileBody, hostileText } from './world/hostile.ts'
import { createPlace } from './world/place.ts'

/** The same inputs at every run; another seed looks elsewhere. */
const SEED = 20_261_120
const RUNS = 8

const faults: string[] = []
const logger = createLogger('error', { write: (line) => void faults.push(line) })
const world = await createTestApp(await testDatabase(), {
  edges: { logger },
  replace: (core) => ({ workspaces: createWorkspacesService(core, () => buildWorkspace(core)) }),
})
answerCalls(world.core)
world.services.testSend.attach(async () => ({ outcome: 'accepted', reason: null }))
const owner = await world.addPerson({ name: 'Kebun' })
const workspaceId = await world.addWorkspace(owner, 'Kebun workspace')
const place = createPlace(world, { marker: 'Kebun', phonePrefix: '6285540', workspaceId, owner })
const admin = (await world.addPerson({ name: 'Admin', isPlatformAdmin: true })).browser

const callerOf = ({ access }: Operation) => (access === 'platform_admin' ? admin : place.owner)
const namesOf = (schema: unknown) => Object.keys((schema as { shape?: object } | undefined)?.shape ?? {})

async function validInput({ id }: Operation): Promise<CallInput> {
  const found = cases[id]
  if (!found) throw new Error(`${id} has no case in tests/guards/cases`)
  return id === 'workspaces.remove' ? { body: { confirmName: 'x' } } : found.call(place)
}

async function expectNoFault(operation: Operation, input: CallInput): Promise<void> {
  const before = faults.length
  const { status, text } = await callerOf(operation).call(operation, input)
  const told = `${operation.id} ${JSON.stringify(input)?.slice(0, 500)} answered ${text.slice(0, 200)}`
  expect(status, `${told} ${faults.slice(before).join('')}`).toBeLessThan(500)
}

test.for(OPERATIONS.map((operation) => [operation.id, operation] as const))(
  '%s answers hostile input, never with a fault',
  async ([, operation]) => {
    const valid = await validInput(operation)
    const inputs = fc.record({
      body: hostileBody(valid.body),
      query: fc.dictionary(fc.constantFrom('x', ...namesOf(operation.query)), hostileText),
      param: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: hostileText }),
    })
    const property = fc.asyncProperty(inputs, async ({ body, query, param }) => {
      const params = Object.fromEntries(
        Object.entries(valid.params ?? {}).map(([name, value]) => [name, param ?? value]),
      )
      const sendsBody = operation.method !== 'GET'
      await expectNoFault(operation, { ...valid, params, query, ...(sendsBody ? { body } : {}) })
    })
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true })
  },
)

const paged = OPERATIONS.filter(({ query }) => namesOf(query).includes('cursor'))

test.for(paged.map((operation) => [operation.id, operation] as const))(
  '%s refuses a forged cursor',
  async ([, operation]) => {
    const valid = await validInput(operation)
    for (const cursor of forgedCursors) {
      await expectNoFault(operation, { ...valid, query: { ...valid.query, cursor } })
    }
  },
)

test.for(['audit.list', 'audit.export'])('%s refuses instants beyond the calendar', async (id) => {
  const operation = OPERATIONS.find((one) => one.id === id)
  if (!operation) throw new Error(`${id} is gone`)
  for (const from of [
    '-271821-04-20T00:00:00.000Z',
    '+275760-09-13T00:00:00.000Z',
    '0000-01-01',
    'now',
    '1',
  ]) {
    await expectNoFault(operation, { query: { from, to: from } })
  }
})

test('hostile headers are refused or passed over', async () => {
  const operation = OPERATIONS.find(({ id }) => id === 'campaigns.create')
  if (!operation) throw new Error('campaigns.create is gone')
  const body = { name: 'x', purpose: 'marketing' }
  for (const value of [
    "'",
    '../../etc',
    'ws_',
    'x'.repeat(5000),
    '%00',
    '{}',
    'Bearer',
    'Bearer  ',
    ';;=',
    '*',
  ]) {
    for (const name of [
      'x-siar-workspace',
      'idempotency-key',
      'accept-language',
      'cookie',
      'authorization',
    ]) {
      await expectNoFault(operation, { body, headers: { [name]: value } })
    }
  }
})
