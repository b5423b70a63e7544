import { contactOperations, identityOperations, OPERATIONS } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createCaller } from '../testing/caller.ts'
import type { Caller } from '../testing/caller.ts'
import { createTestApp } from '../testing/test-app.ts'

const rateLimits = { perMinute: 4, signInPerMinute: 3, webhooksPerMinute: 20, linksPerMinute: 6 }
const world = await createTestApp(await testDatabase(), { config: { rateLimits } })
const owner = await world.addPerson()
let addresses = 0

/** The same caller from an address that has not called yet. */
const from = (headers: Readonly<Record<string, string>>) =>
  createCaller(world.app, headers, `192.0.2.${(addresses += 1)}`)

async function countAllowed(call: () => ReturnType<Caller['send']>, tries: number): Promise<number> {
  let allowed = 0
  for (let index = 0; index < tries; index += 1) if ((await call()).status !== 429) allowed += 1
  return allowed
}

test('beyond the limit the answer is 429, with the time to wait and the figures in headers', async () => {
  const caller = from({})
  const first = await caller.call(identityOperations.getSetUp)
  expect(first.headers['ratelimit-limit']).toBe('4')
  expect(first.headers['ratelimit-remaining']).toBe('3')
  await countAllowed(() => caller.call(identityOperations.getSetUp), 3)
  const refused = await caller.call(identityOperations.getSetUp)
  expect([refused.status, refused.json().code]).toEqual([429, 'rate_limited'])
  expect(refused.headers['ratelimit-remaining']).toBe('0')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
  expect(refused.headers['x-request-id']).toBe(refused.json().requestId)
  expect((await from({}).call(identityOperations.getSetUp)).status).toBe(200)
})

test('requests that are refused later count too: wrong keys, wrong input and paths that do not exist', async () => {
  const guess = from({ authorization: 'Bearer siar_guessed' })
  expect(await countAllowed(() => guess.call(contactOperations.list), 45)).toBe(40)
  const lost = from({})
  expect(await countAllowed(() => lost.send('GET', '/api/v1/nothing'), 6)).toBe(4)
})

test('people with a log-in have ten times the room', async () => {
  const signedIn = from(owner.browser.headers)
  expect(await countAllowed(() => signedIn.call(identityOperations.getMe), 42)).toBe(40)
})

test('tries to sign in have a small room of their own, whatever the way of writing the path', async () => {
  const caller = from({ origin: world.core.config.publicUrl })
  const body = { email: 'nobody@example.com', password: 'not the password' }
  const paths = ['/api/auth/sign-in/email', '/api/auth/%73ign-in/email', '/api/v1/set-up', '/api/v1/set-%75p']
  let index = 0
  const tried = () => caller.send('POST', paths[(index += 1) % paths.length] ?? '', { body })
  expect(await countAllowed(tried, 8)).toBe(3)
  expect((await caller.call(identityOperations.getSetUp)).status).toBe(200)
})

test('second factors do not use up the tries to sign in', async () => {
  const caller = from({ origin: world.core.config.publicUrl })
  const tries = (path: string) =>
    countAllowed(() => caller.send('POST', path, { body: { code: '123456' } }), 5)
  expect(await tries('/api/auth/two-factor/verify-totp')).toBe(3)
  expect(await tries('/api/auth/sign-in/email')).toBe(3)
})

test('short links have a room of their own, wrong codes included', async () => {
  const caller = from({})
  expect(await countAllowed(() => caller.send('GET', '/r/nothing'), 8)).toBe(6)
  expect((await caller.call(identityOperations.getSetUp)).status).toBe(200)
})

test('preference pages are limited: looking like short links, changing like the open API', async () => {
  const caller = from({})
  expect(await countAllowed(() => caller.send('GET', '/u/nothing'), 8)).toBe(6)
  const { headers } = await caller.send('POST', '/u/nothing')
  expect(Number(headers['ratelimit-limit'])).toBe(world.core.config.rateLimits.perMinute)
})

test('pages, health checks and documentation are free', async () => {
  const caller = from({})
  for (const path of ['/healthz', '/readyz', '/docs/errors']) {
    expect(await countAllowed(() => caller.send('GET', path), 6), path).toBe(6)
  }
})

test('no operation is outside of the limits', async () => {
  for (const operation of OPERATIONS) {
    const { headers } = await from({ authorization: 'Bearer siar_none' }).call(operation)
    expect(headers['ratelimit-limit'], operation.id).toBeDefined()
  }
})
