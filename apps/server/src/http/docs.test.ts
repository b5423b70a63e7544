import { OPERATIONS } from '@siar/contract'
import { errorTable } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestApp } from '../testing/test-app.ts'

const world = await createTestApp(await testDatabase())
const get = (path: string) => world.nobody.send('GET', path)

/** Addresses of other machines that a page would load something from. */
const foreign = /(?:src|href)="(?:https?:)?\/\//g

test('the page of the API is served whole, from here alone', async () => {
  const page = await get('/docs')
  expect(page.status).toBe(200)
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.text.match(foreign)).toBeNull()
  expect(page.text).not.toMatch(/<script>[^<]|onload=/)
  const files = [...page.text.matchAll(/(?:src|href)="\.?\/?([^"]+)"/g)].map(([, path]) => path ?? '')
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) {
    const answer = await get(file.startsWith('docs') ? `/${file}` : `/docs/${file}`)
    expect(answer.status, file).toBe(200)
  }
})

test('the document holds what every operation needs, takes and answers', async () => {
  const document = (await get('/api/openapi.json')).json()
  expect(document.openapi).toBe('3.1.0')
  expect((await get('/docs/json')).json()).toEqual(document)
  for (const { id, method, path, access, query } of OPERATIONS) {
    const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    expect(operation, id).toMatchObject({
      operationId: id,
      security: access === 'public' ? [] : expect.anything(),
    })
    const parameters = (operation.parameters ?? []) as { name: string; in: string }[]
    const names = (where: string) => parameters.filter((one) => one.in === where).map(({ name }) => name)
    expect(names('path'), id).toEqual([...path.matchAll(/:(\w+)/g)].map(([, name]) => name))
    const shape = (query as { shape?: object } | undefined)?.shape ?? {}
    expect(names('query').toSorted(), id).toEqual(Object.keys(shape).toSorted())
  }
})

test('every kind of error has its place on the page that problems link to', async () => {
  const refused = await get('/api/v1/me')
  const [path, anchor] = String(refused.json().type).split('#')
  expect(anchor).toBe('unauthenticated')
  const page = await get(path ?? '')
  expect(page.status).toBe(200)
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  const text = page.text.replaceAll('&#39;', "'")
  for (const [code, { id, en }] of Object.entries(errorTable)) {
    expect(text).toContain(`<tr id="${code}">`)
    expect(text).toContain(id)
    expect(text).toContain(en)
  }
})

test('what is not on the documentation’s shelf is not found', async () => {
  for (const path of [
    '/docs/nothing',
    '/docs/static/../../package.json',
    '/docs/static/%2e%2e/%2e%2e/package.json',
  ]) {
    expect((await get(path)).status, path).toBe(404)
  }
})
