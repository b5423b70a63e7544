import { expect, test } from 'vitest'
import { quotaMonthOf } from './quota.ts'

test('a quota renews when the month begins on the clock of its zone, over the turn of a year too', () => {
  const atMs = Date.UTC(2026, 10, 30, 16, 59, 59) // 23:59:59 in Jakarta
  expect(quotaMonthOf('Asia/Jakarta', atMs)).toEqual({
    firstDay: '2026-11-01',
    nextFirstDay: '2026-12-01',
    renewsAtMs: atMs + 1000,
  })
  expect(quotaMonthOf('Asia/Jakarta', atMs + 1000).firstDay).toBe('2026-12-01')
  expect(quotaMonthOf('UTC', Date.UTC(2026, 11, 31)).nextFirstDay).toBe('2027-01-01')
})
