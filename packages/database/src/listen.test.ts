import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterAll, expect, test } from 'vitest'
import { createBus, type BusEvent, type ResyncEvent } from './listen.ts'
import { withSystem } from './scope.ts'

const database = await testDatabase()
const bus = await createBus(database, { retryDelaysMs: [10] })
const received: (BusEvent | ResyncEvent)[] = []
bus.subscribe((event) => received.push(event))
afterAll(() => bus.close())

const kinds = () => received.map(({ kind }) => kind)

test('an event reaches every bus of the database, in order', async () => {
  const other = await createBus(database)
  const heard: string[] = []
  other.subscribe((event) => heard.push(event.kind))
  await bus.publish({ kind: 'first', workspaceId: 'ws_a' })
  await bus.publish({ kind: 'second' })
  await waitUntil(() => heard.length === 2 && received.length === 2)
  expect(heard).toEqual(['first', 'second'])
  expect(received[0]).toEqual({ kind: 'first', workspaceId: 'ws_a' })
  await other.close()
})

test('several events travel together and arrive one by one, in order', async () => {
  received.length = 0
  await bus.publishAll([{ kind: 'one' }, { kind: 'two' }, { kind: 'three' }])
  await bus.publishAll([])
  await waitUntil(() => received.length === 3)
  expect(kinds()).toEqual(['one', 'two', 'three'])
})

test('an event of a transaction is told only when it commits', async () => {
  await withSystem(database, async (scope) => {
    await bus.publishIn(scope, { kind: 'undone' })
    throw new Error('undone')
  }).catch(() => undefined)
  await withSystem(database, (scope) => bus.publishIn(scope, { kind: 'committed' }))
  await waitUntil(() => kinds().includes('committed'))
  expect(kinds()).not.toContain('undone')
})

test('refuses an event that is too big to travel', async () => {
  await expect(bus.publish({ kind: 'big', text: 'x'.repeat(8_000) })).rejects.toThrow(RangeError)
})

test('a handler that throws does not keep the event from the others', async () => {
  const stop = bus.subscribe(() => {
    throw new Error('broken handler')
  })
  const heard: string[] = []
  bus.subscribe((event) => heard.push(event.kind))
  await bus.publish({ kind: 'after-failure' })
  await waitUntil(() => heard.includes('after-failure'))
  stop()
})

test('after a lost connection it listens again and asks for a resync', async () => {
  await database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'",
  )
  await waitUntil(() => kinds().includes('resync'))
  await bus.publish({ kind: 'after-return' })
  await waitUntil(() => kinds().includes('after-return'))
})
