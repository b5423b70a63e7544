import { contactOperations, identityOperations, Problem } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestApp } from '../testing/test-app.ts'

const database = await testDatabase()
const world = await createTestApp(database)
const owner = await world.addPerson()
await world.addWorkspace(owner, 'Toko Apel')
const { browser } = owner
const { nobody } = world

test('an error is a problem with its code, the request id of the header, and a title in the language asked for', async () => {
  for (const [language, title] of [
    ['en-GB,en;q=0.9', 'Please sign in first.'],
    ['id', 'Silakan masuk terlebih dahulu.'],
    ['de, en;q=0.5', 'Please sign in first.'],
    ['ja', 'Silakan masuk terlebih dahulu.'],
  ] as const) {
    const answer = await nobody.call(identityOperations.getMe, { headers: { 'accept-language': language } })
    expect(answer.status).toBe(401)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    const problem = Problem.parse(answer.json())
    expect(problem).toMatchObject({ status: 401, code: 'unauthenticated', title })
    expect(problem.type).toBe('/docs/errors#unauthenticated')
    expect(problem.requestId).toMatch(/^req_[0-9a-f]{32}$/)
    expect(answer.headers['x-request-id']).toBe(problem.requestId)
  }
})

test('a refused input names every field that is wrong', async () => {
  const body = { phone: '1', email: 'nobody', tagIds: ['tag_1'], custom: { size: {} } }
  const answer = await browser.call(contactOperations.create, { body })
  expect(answer.status).toBe(422)
  const { code, issues } = Problem.parse(answer.json())
  expect(code).toBe('validation_failed')
  expect(issues?.map(({ path }) => path).toSorted()).toEqual(['custom.size', 'email', 'phone', 'tagIds.0'])
  for (const { message } of issues ?? []) expect(message).not.toBe('')
  const listed = await browser.call(contactOperations.list, { query: { limit: 'many', sort: 'upwards' } })
  expect(listed.status).toBe(422)
  expect(Problem.parse(listed.json()).issues?.map(({ path }) => path)).toEqual(['limit', 'sort'])
})

test('what is no route is 404, a wrong method is 405 with the methods there are', async () => {
  for (const path of ['/api/v1/nothing', '/api', '/hooks/x', '/wp-login.php']) {
    const answer = await browser.send('GET', path)
    expect(answer.status, path).toBe(404)
    expect(Problem.parse(answer.json()).code).toBe('not_found')
  }
  const wrong = await browser.send('PUT', '/api/v1/contacts?search=x')
  expect(wrong.status).toBe(405)
  expect(Problem.parse(wrong.json()).code).toBe('method_not_allowed')
  expect(wrong.headers['allow']).toBe('GET, POST')
})

test('a body that is no JSON, of another type or too large is refused plainly', async () => {
  const post = (payload: string, type: string) =>
    world.app.inject({
      method: 'POST',
      url: '/api/v1/tags',
      headers: { ...browser.headers, 'content-type': type },
      payload,
    })
  const json = 'application/json'
  for (const [payload, type, status, code] of [
    ['{"name":', json, 400, 'bad_request'],
    ['', json, 422, 'validation_failed'],
    ['{"name":"x","__proto__":{"colour":"teal"}}', json, 400, 'bad_request'],
    ['name=x', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['{"name":"x"}', 'text/plain', 415, 'unsupported_media_type'],
    [JSON.stringify({ name: 'x'.repeat(4 * 1024 * 1024) }), json, 413, 'payload_too_large'],
    ['['.repeat(200_000) + ']'.repeat(200_000), json, 422, 'validation_failed'],
  ] as const) {
    const answer = await post(payload, type)
    expect([answer.statusCode, answer.json<Problem>().code], `${type} ${payload.slice(0, 40)}`).toEqual([
      status,
      code,
    ])
  }
})

test('an address that cannot be read is refused as a problem', async () => {
  for (const path of ['/api/v1/contacts/%zz', `/api/v1/contacts/con_${'0'.repeat(200)}`]) {
    const answer = await browser.send('GET', path)
    expect(answer.status, path).toBeGreaterThanOrEqual(400)
    expect(answer.status, path).toBeLessThan(500)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  }
})

test('text that no column can hold is refused by the name of its field', async () => {
  const paths = async (body: object) =>
    Problem.parse((await browser.call(contactOperations.create, { body })).json()).issues?.map(
      ({ path }) => path,
    )
  expect(await paths({ phone: '081234567890', notes: 'a\0b' })).toEqual(['notes'])
  expect(await paths({ phone: '081234567890', custom: { size: '\ud800' } })).toEqual(['custom.size'])
  expect(await paths({ phone: '081234567890', custom: { 'a\0': 'x' } })).toEqual(['custom'])
  const listed = await browser.call(contactOperations.list, { query: { search: '\0' } })
  expect(listed.status).toBe(422)
})

test('an upload without a form, a file or an end is refused', async () => {
  const post = async (type: string, payload: string) => {
    const headers = { ...browser.headers, 'content-type': type }
    const answer = await world.app.inject({ method: 'POST', url: '/api/v1/media', headers, payload })
    return [answer.statusCode, answer.json<Problem>().code]
  }
  const form = 'multipart/form-data; boundary=x'
  const part = (field: string) =>
    `--x\r\ncontent-disposition: form-data; name="${field}"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nhello`
  expect(await post('application/json', '{}')).toEqual([415, 'unsupported_media_type'])
  expect(await post('multipart/form-data', 'x')).toEqual([400, 'bad_request'])
  expect(await post(form, `${part('picture')}\r\n--x--\r\n`)).toEqual([422, 'validation_failed'])
  expect(await post(form, '--x--\r\n')).toEqual([422, 'validation_failed'])
  expect(await post(form, part('file'))).toEqual([400, 'bad_request'])
  expect(await post(form, '')).toEqual([422, 'validation_failed'])
})
