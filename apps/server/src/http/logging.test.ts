import { contactOperations, identityOperations, templateOperations } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createLogger } from '../logger.ts'
import { createTestApp } from '../testing/test-app.ts'
import { listen } from './listen.ts'

const lines: string[] = []
const logger = createLogger('trace', { write: (line) => void lines.push(line) })
const world = await createTestApp(await testDatabase(), { edges: { logger } })
const owner = await world.addPerson({ name: 'Rahasia' })
await world.addWorkspace(owner, 'Toko Rahasia')
const { browser } = owner
const phone = '081234567890'

/** Everything here is somebody's business and nobody else's. */
const secrets = [
  '81234567890',
  'rahasia',
  'correct horse',
  'siar_guessed',
  'token-in-a-link',
  'message-to-somebody',
  (browser.headers['cookie'] ?? '').slice(25, 60),
]

test('the log tells of every request and holds nothing of people: no query, body, cookie, key or address', async () => {
  const body = { phone, fullName: 'Rahasia', notes: 'message-to-somebody' }
  expect((await browser.call(contactOperations.create, { body })).status).toBe(201)
  expect((await browser.call(contactOperations.create, { body })).status).toBe(409)
  expect((await browser.call(contactOperations.create, { body: { ...body, phone: 7 } })).status).toBe(422)
  await browser.call(contactOperations.list, { query: { search: 'rahasia', cursor: 'message-to-somebody' } })
  await browser.call(templateOperations.create, {
    body: { name: 'x', category: 'service', texts: { en: '{message-to-somebody' } },
  })
  await world.nobody.send('GET', '/set-up?token=token-in-a-link')
  await world.nobody.send('GET', '/api/%zz?token=token-in-a-link')
  await world.nobody.send('GET', '/api/v1/nothing/rahasia?token=token-in-a-link')
  await world.nobody.call(contactOperations.list, { headers: { authorization: 'Bearer siar_guessed' } })
  await world.nobody.send('POST', '/api/auth/sign-in/email', {
    body: { email: owner.email, password: 'correct horse, wrong battery' },
    headers: { origin: world.core.config.publicUrl },
  })
  await world.app.inject({
    method: 'POST',
    url: '/api/v1/tags?token=token-in-a-link',
    headers: { ...browser.headers, 'content-type': 'application/json' },
    payload: '{"name": message-to-somebody',
  })
  const log = lines.join('').toLowerCase()
  for (const secret of secrets) expect(log, secret).not.toContain(secret.toLowerCase())
  expect(log).toContain('"route":"/api/v1/contacts"')
  expect(log).toContain('"code":"already_exists"')
})

test('a fault of ours is logged once, with the request id and where it happened, and is told without its text', async () => {
  const before = lines.length
  const broken = await createTestApp(await testDatabase(), {
    edges: { logger },
    replace: () => ({
      profile: {
        getMe: () => Promise.reject(new TypeError('cannot read +62 812-3456-7890 of rahasia@example.com')),
      } as never,
    }),
  })
  const person = await broken.addPerson()
  const answer = await person.browser.call(identityOperations.getMe)
  expect([answer.status, answer.json().code]).toEqual([500, 'internal'])
  expect(answer.text).not.toContain('cannot read')
  const faults = lines.slice(before).filter((line) => line.includes('"code":"internal"'))
  expect(faults).toHaveLength(1)
  const fault = JSON.parse(faults[0] ?? '{}')
  expect(fault).toMatchObject({ reqId: answer.json().requestId, err: { name: 'TypeError' } })
  expect(fault.err.message).toBe('cannot read [number] of [address]')
  expect(fault.err.stack).toContain('logging.test.ts')
})

test('the web server says nothing of itself when it starts to listen', async () => {
  const before = lines.length
  await listen(world.app, { port: 0, host: '127.0.0.1' })
  expect(lines.slice(before).join('')).toBe('')
})
