import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { findFault, isConnectionLost, isUniqueViolation } from './errors.ts'
import { retryable, whenReachable } from './retry.ts'
import { withSystem } from './scope.ts'

const database = await testDatabase()
await database.pool.query(
  'create table tallies (id int primary key, amount int not null); insert into tallies values (1, 0), (2, 0)',
)

test('both of two transactions that conflict succeed in the end', async () => {
  const addOne = () =>
    retryable(() =>
      withSystem(
        database,
        async (scope) => {
          const [row] = await scope.query<{ amount: number }>('select amount from tallies where id = 1')
          await scope.execute('update tallies set amount = $1 where id = 1', [(row?.amount ?? 0) + 1])
        },
        { isolation: 'serializable' },
      ),
    )
  await Promise.all([addOne(), addOne(), addOne()])
  const { rows } = await database.pool.query('select amount from tallies where id = 1')
  expect(rows).toEqual([{ amount: 3 }])
})

test('an error of another kind is not tried again', async () => {
  let runs = 0
  const failing = retryable(() =>
    withSystem(database, (scope) => {
      runs += 1
      return scope.execute('insert into tallies values (1, 0)')
    }),
  )
  const error: unknown = await failing.catch((caught: unknown) => caught)
  expect(runs).toBe(1)
  expect(isUniqueViolation(error, 'tallies_pkey')).toBe(true)
  expect(isUniqueViolation(error, 'another_key')).toBe(false)
})

test('gives up after its attempts with the last error', async () => {
  let runs = 0
  const conflict = Object.assign(new Error('conflict'), { code: '40001' })
  const failing = retryable(() => Promise.reject(((runs += 1), conflict)), { attempts: 3, delayMs: 1 })
  await expect(failing).rejects.toBe(conflict)
  expect(runs).toBe(3)
})

test('a fault is found under what wrapped it', async () => {
  const error: unknown = await database.db.execute('select 1 / 0').catch((caught: unknown) => caught)
  expect(findFault(error)?.code).toBe('22012')
  expect(isConnectionLost(error)).toBe(false)
})

test('a connection that the server ended counts as lost', async () => {
  const ended = withSystem(database, async (scope) => {
    const [row] = await scope.query<{ pid: number }>('select pg_backend_pid() as pid')
    await database.pool.query('select pg_terminate_backend($1)', [row?.pid])
    await scope.query('select 1')
  })
  const error: unknown = await ended.catch((caught: unknown) => caught)
  expect(isConnectionLost(error)).toBe(true)
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('work goes on once the database is reachable again, and not for another error', async () => {
  let runs = 0
  const answer = await whenReachable(
    () =>
      withSystem(database, async (scope) => {
        runs += 1
        if (runs < 3) {
          const [row] = await scope.query<{ pid: number }>('select pg_backend_pid() as pid')
          await database.pool.query('select pg_terminate_backend($1)', [row?.pid])
        }
        return scope.query('select 1 as one')
      }),
    { delayMs: 1 },
  )
  expect(answer).toEqual([{ one: 1 }])
  expect(runs).toBe(3)
  await expect(whenReachable(() => database.pool.query('select 1 / 0'))).rejects.toThrow('division by zero')
  const gone = Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })
  await expect(whenReachable(() => Promise.reject(gone), { patienceMs: -1 })).rejects.toBe(gone)
})
