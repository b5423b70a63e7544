import { campaignOperations, importOperations } from '@siar/contract'
import { AppError } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestApp } from '../testing/test-app.ts'
import { runOnce } from './idempotency.ts'

const database = await testDatabase()
const world = await createTestApp(database)
const owner = await world.addPerson()
const workspaceId = await world.addWorkspace(owner, 'Toko Apel')
const { create } = campaignOperations

const make = (key: string, name = 'Promo') =>
  owner.browser.call(create, {
    body: { name, purpose: 'marketing' },
    headers: { 'idempotency-key': key },
  })
const countCampaigns = async (name: string) =>
  (await owner.browser.call(campaignOperations.list, { query: { search: name } })).json().data
    .length as number

test('the same key and body get the first answer again', async () => {
  const first = await make('order-1', 'Once')
  const again = await make('order-1', 'Once')
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.json()).toEqual(first.json())
  expect(await countCampaigns('Once')).toBe(1)
})

test('another body under the same key is refused, another key is another request', async () => {
  await make('order-2', 'Twice')
  const other = await make('order-2', 'Thrice')
  expect([other.status, other.json().code]).toEqual([409, 'idempotency_mismatch'])
  expect((await make('order-3', 'Twice')).status).toBe(201)
  expect([await countCampaigns('Twice'), await countCampaigns('Thrice')]).toEqual([2, 0])
})

test('a double click makes one row: the second is told that the first is at work, or gets its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => make('click', 'Raced')))
  const statuses = answers.map(({ status }) => status)
  expect(statuses).toContain(201)
  for (const { status, json } of answers) {
    if (status !== 201) expect([status, json().code]).toEqual([409, 'idempotency_in_progress'])
  }
  expect(await countCampaigns('Raced')).toBe(1)
})

test('a failed request gives its key back; an unfinished one keeps it for five minutes', async () => {
  const refused = await make('order-4', '')
  expect(refused.status).toBe(422)
  expect((await make('order-4', 'Better')).status).toBe(201)

  const request = { workspaceId, operation: create, key: 'order-5', body: {} }
  const fail = () => runOnce(world.core, request, () => Promise.reject(new AppError('conflict')))
  await expect(fail()).rejects.toThrow('conflict')
  await expect(fail()).rejects.toThrow('conflict')

  const [begun, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
  const running = runOnce(world.core, request, () => {
    begun.resolve()
    return answer.promise
  })
  await begun.promise
  await expect(fail()).rejects.toThrow('idempotency_in_progress')
  const age = (minutes: number) =>
    database.pool.query(
      `update idempotency_keys set created_at = created_at - $1 * interval '1 minute' where key = 'order-5'`,
      [minutes],
    )
  await age(4)
  await expect(fail()).rejects.toThrow('idempotency_in_progress')
  await age(2)
  await expect(fail()).rejects.toThrow('conflict')
  answer.resolve('done')
  expect(await running).toBe('done')
})

test('an answer is kept for 24 hours', async () => {
  const first = await make('order-6', 'Daily')
  const age = (interval: string) =>
    database.pool.query(
      `update idempotency_keys set created_at = now() - $1::interval where key = 'order-6'`,
      [interval],
    )
  await age('23 hours')
  expect((await make('order-6', 'Daily')).json()).toEqual(first.json())
  await age('25 hours')
  expect((await make('order-6', 'Daily')).json().id).not.toBe(first.json().id)
})

test('an upload is made once, and its bytes do not hold up the second request', async () => {
  const file = {
    name: 'people.csv',
    type: 'text/csv',
    content: `name,phone\n${'Sari,081234567890\n'.repeat(9000)}`,
  }
  const upload = () =>
    owner.browser.call(importOperations.upload, { file, headers: { 'idempotency-key': 'file-1' } })
  const first = await upload()
  expect(first.status).toBe(201)
  expect((await upload()).json()).toEqual(first.json())
})

test('a key that is no key is refused by its name', async () => {
  for (const key of ['', 'with space', 'x'.repeat(201)]) {
    const { status, text } = await make(key)
    expect(status, key).toBe(422)
    expect(text).toContain('Idempotency-Key')
  }
})
