import { expect, test } from 'vitest'
import { costPerMessage, costSoFar, daysInMonth } from './proxy-cost.ts'

test('months have their own number of days', () => {
  expect(['2026-11-20', '2026-12-01', '2028-02-29', '2026-02-01'].map(daysInMonth)).toEqual([30, 31, 29, 28])
})

test('the cost so far is the part of the price for the days of the month until today', () => {
  expect(costSoFar(300, '2026-11-01', '2026-01-01')).toBe(10)
  expect(costSoFar(300, '2026-11-30', '2026-01-01')).toBe(300)
})

test('days before the proxy came into the pool cost nothing', () => {
  expect(costSoFar(300, '2026-11-20', '2026-11-11')).toBe(100)
  expect(costSoFar(300, '2026-11-20', '2026-11-20')).toBe(10)
})

test('a message costs its share, and nothing is told without a price or a message', () => {
  expect(costPerMessage(300, 50, '2026-11-15', '2026-01-01')).toBe(3)
  expect(costPerMessage(null, 50, '2026-11-15', '2026-01-01')).toBeNull()
  expect(costPerMessage(300, 0, '2026-11-15', '2026-01-01')).toBeNull()
})
