import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDeeperThan, toJsonText } from './json-text.ts'

const database = await testDatabase()

const keep = async (value: unknown): Promise<unknown> => {
  const { rows } = await database.pool.query<{ kept: unknown }>('select $1::jsonb as kept', [
    toJsonText(value),
  ])
  return rows[0]?.kept
}

test('what PostgreSQL cannot keep becomes U+FFFD, and everything else stays as it is', async () => {
  expect(await keep({ 'a\0': ['x\0y', '\ud83d', '\ude00\ud83d', '😀', '\\u0000', '\\\0'] })).toEqual({
    'a\ufffd': ['x\ufffdy', '\ufffd', '\ufffd\ufffd', '😀', '\\u0000', '\\\ufffd'],
  })
})

test('JSON of any text can be kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (texts) => {
      const units = texts.flatMap((text) => text.split(''))
      expect(await keep([...texts, ...units])).toEqual(
        [...texts, ...units].map((text) => text.replaceAll('\0', '\ufffd').toWellFormed()),
      )
    }),
    { numRuns: 50 },
  )
})

test('what is nested a million levels deep is seen without running out of stack', () => {
  let deep: unknown = 1
  for (let level = 0; level < 1_000_000; level += 1) deep = [deep]
  expect(isDeeperThan(deep, 64)).toBe(true)
  expect(isDeeperThan([[1]], 2)).toBe(false)
  expect(isDeeperThan([[1]], 1)).toBe(true)
})
