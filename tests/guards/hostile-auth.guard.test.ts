import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authDoors } from '../../apps/server/src/features/identity/auth-doors.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { createTestApp } from '../../apps/server/src/testing/test-app.ts'
import { hostileBody, hostileText } from './world/hostile.ts'

const faults: string[] = []
const logger = createLogger('error', { write: (line) => void faults.push(line) })
const world = await createTestApp(await testDatabase(), { edges: { logger } })
const person = await world.addPerson()
const admin = await world.addPerson({ isPlatformAdmin: true })
await admin.browser.send('PATCH', '/api/v1/admin/settings', { body: { signUpOpen: true } })

/** One body that has the fields of every door. */
const fields = {
  email: person.email,
  password: 'correct horse battery',
  newPassword: 'another horse battery',
  currentPassword: 'correct horse battery',
  name: 'Sari',
  token: 'a token',
  code: '123456',
  redirectTo: '/reset-password',
  callbackURL: '/',
  language: 'id',
  rememberMe: true,
  trustDevice: false,
}

async function expectNoFault(method: string, path: string, body: unknown, query = {}): Promise<void> {
  const before = faults.length
  const caller = body === null ? person.browser : world.nobody.with({ origin: world.core.config.publicUrl })
  const { status, text } = await caller.send(method, path, { query, ...(body === null ? {} : { body }) })
  const told = `${method} ${path} ${JSON.stringify(body)} answered ${text.slice(0, 200)}`
  expect(status, `${told} ${faults.slice(before).join('')}`).toBeLessThan(500)
}

test.for([...authDoors])('%s answers hostile input, never with a fault', async (door) => {
  const path = `/api/auth${door}`
  await expectNoFault('GET', path, null)
  const property = fc.asyncProperty(hostileBody(fields), hostileText, async (body, text) => {
    await expectNoFault('POST', path, body)
    await expectNoFault('GET', path, null, { token: text, callbackURL: text })
  })
  await fc.assert(property, { seed: 20_261_120, numRuns: 12, endOnFailure: true })
})

test.for(['/nothing', '/admin/list-users', '/sign-in/social', '/organization/create', '/'])(
  'the door %s is shut, and says so like everything else',
  async (door) => {
    const answer = await person.browser.send('POST', `/api/auth${door}`, { body: {} })
    expect([answer.status, answer.json().code]).toEqual([404, 'not_found'])
  },
)

test('a body that is no JSON is refused', async () => {
  for (const [payload, type] of [
    ['{"email":', 'application/json'],
    ['email=x&password=y', 'application/x-www-form-urlencoded'],
    ['{"email":"x\\u0000"}', 'application/json'],
    ['[', 'text/plain'],
    [JSON.stringify({ ...fields, email: 'new@example.com', name: 'a\0b' }), 'application/json'],
  ] as const) {
    const { statusCode } = await world.app.inject({
      method: 'POST',
      url: payload.includes('new@') ? '/api/auth/sign-up/email' : '/api/auth/sign-in/email',
      headers: { 'content-type': type, origin: world.core.config.publicUrl },
      payload,
    })
    expect(statusCode, payload).toBeGreaterThanOrEqual(400)
    expect(statusCode, payload).toBeLessThan(500)
  }
})
