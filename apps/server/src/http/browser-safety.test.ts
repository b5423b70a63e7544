import { contactOperations, identityOperations } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestApp } from '../testing/test-app.ts'

const friend = 'https://app.example.com'
const world = await createTestApp(await testDatabase(), {
  config: { corsOrigins: [friend], publicUrl: 'https://siar.example.com' },
})
const owner = await world.addPerson()
await world.addWorkspace(owner, 'Toko Apel')
const tag = (origin: string | null, name: string) => {
  const { origin: _own, ...headers } = owner.browser.headers
  return world.app.inject({
    method: 'POST',
    url: '/api/v1/tags',
    headers: { ...headers, host: 'siar.example.com', ...(origin === null ? {} : { origin }) },
    payload: { name },
  })
}

test('a page of another origin changes nothing with a person’s cookie', async () => {
  for (const origin of ['https://evil.example', 'null', 'https://siar.example.com.evil.example', '']) {
    const answer = await tag(origin, `from ${origin}`)
    expect([answer.statusCode, answer.json<{ code: string }>().code], origin).toEqual([403, 'forbidden'])
  }
  for (const origin of ['https://siar.example.com', friend, null]) {
    expect((await tag(origin, `from ${origin}`)).statusCode, String(origin)).toBe(201)
  }
})

test('only named origins may read answers and send changes', async () => {
  const preflight = (origin: string, method: string) =>
    world.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/contacts/x',
      headers: { origin, 'access-control-request-method': method },
    })
  for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
    const allowed = await preflight(friend, method)
    expect(allowed.headers['access-control-allow-origin']).toBe(friend)
    expect(allowed.headers['access-control-allow-credentials']).toBe('true')
    expect(allowed.headers['access-control-allow-methods']).toContain(method)
  }
  expect(
    (await preflight('https://evil.example', 'GET')).headers['access-control-allow-origin'],
  ).toBeUndefined()
  const answer = await world.nobody.call(identityOperations.getSetUp, { headers: { origin: friend } })
  expect(answer.headers['access-control-allow-origin']).toBe(friend)
  expect(answer.headers['access-control-expose-headers']).toMatch(/x-request-id.*retry-after/)
})

test('every answer tells the browser to trust nothing else', async () => {
  for (const path of ['/healthz', '/api/v1/me', '/api/v1/nothing', '/docs/', '/docs/errors']) {
    const { headers } = await world.nobody.send('GET', path)
    const policy = String(headers['content-security-policy'])
    expect(policy, path).toContain("default-src 'self'")
    expect(policy, path).toContain("script-src 'self';")
    expect(policy, path).toContain("frame-ancestors 'none'")
    expect(policy, path).toContain("object-src 'none'")
    expect(policy, path).toContain('upgrade-insecure-requests')
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['referrer-policy'], path).toBe('no-referrer')
    expect(headers['strict-transport-security'], path).toMatch(/max-age=\d{7}/)
    expect(headers['x-powered-by'], path).toBeUndefined()
  }
})

test('without https nothing forces it', async () => {
  const plain = await createTestApp(await testDatabase(), { config: { publicUrl: 'http://localhost:3000' } })
  const { headers } = await plain.nobody.send('GET', '/healthz')
  expect(headers['strict-transport-security']).toBeUndefined()
  expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
})

test('files and lists of people are kept by no cache that is shared', async () => {
  const csv = await owner.browser.send('GET', '/api/v1/audit-log/export')
  expect(csv.headers['cache-control']).toBe('no-store')
  expect(csv.headers['content-disposition']).toBe("attachment; filename*=UTF-8''audit-log.csv")
  const list = await owner.browser.call(contactOperations.list)
  expect(list.headers['cache-control']).toBe('no-store')
})
