import { testDatabase, waitUntil } from '@siar/test-kit'
import { createConnection, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from './client.ts'
import type { Database } from './client.ts'
import { isConnectionLost } from './errors.ts'
import { withSystem } from './scope.ts'

const database = await testDatabase({ poolMax: 1 })
const links = new Set<Socket>()
let cut = false
const timeouts = { statementMs: 300, answerMs: 200 }
const address = new URL(database.url)
const socketDir = decodeURIComponent(address.hostname)

/** A way to the server that can be cut so that neither side is told. */
const way = createServer((near) => {
  const far = socketDir.startsWith('/')
    ? createConnection(`${socketDir}/.s.PGSQL.${address.port || 5432}`)
    : createConnection(Number(address.port || 5432), socketDir)
  for (const socket of [near, far]) socket.on('error', () => undefined)
  links.add(near).add(far)
  near.on('data', (bytes) => cut || far.write(bytes))
  far.on('data', (bytes) => cut || near.write(bytes))
  near.on('close', () => far.destroy())
})
let behind: Database

beforeAll(async () => {
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve))
  const { port } = way.address() as AddressInfo
  behind = createDatabase({
    connection: {
      host: '127.0.0.1',
      port,
      user: decodeURIComponent(address.username),
      password: decodeURIComponent(address.password),
      database: database.name,
    },
    poolMax: 1,
    timeouts,
  })
})

afterAll(async () => {
  await behind.close()
  for (const link of links) link.destroy()
  way.close()
})

test('a statement on a connection that is gone without a word fails in time, and the next one has a new connection', async () => {
  await behind.pool.query('select 1')
  cut = true
  const failed = await behind.pool.query('select 1').catch((error: unknown) => error)
  expect(isConnectionLost(failed)).toBe(true)
  cut = false
  expect((await behind.pool.query('select 2 as two')).rows).toEqual([{ two: 2 }])
})

test('a transaction on such a connection fails as a whole, at its first statement without an answer', async () => {
  const startedAt = performance.now()
  const failed = await withSystem(behind, async (scope) => {
    await scope.query('select 1')
    cut = true
    await scope.query('select 2')
  }).catch((error: unknown) => error)
  expect(isConnectionLost(failed)).toBe(true)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  await waitUntil(() => behind.pool.totalCount === 0)
  cut = false
})

test('a transaction that may take longer is waited for as long', async () => {
  const rows = await withSystem(behind, async (scope) => {
    await scope.limitStatements({ statementMs: 10_000 })
    await scope.query('select pg_sleep(0.8)')
    return scope.query(`select current_setting('statement_timeout') as limit`)
  })
  expect(rows).toEqual([{ limit: '10s' }])
})
