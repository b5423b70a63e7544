import { expect, test } from 'vitest'
import { importPace } from './import-pace.ts'

const startedAt = '2026-11-20T03:00:00.000Z'
const startMs = Date.parse(startedAt)

test('rate and time left follow from the rows done since the start', () => {
  const pace = importPace({ startedAt, rowsDone: 2000, rowsEstimated: 10_000 }, startMs + 4000)
  expect(pace).toEqual({ ratio: 0.2, rowsPerSecond: 500, leftMs: 16_000 })
})

test('an estimate that was too low never shows as finished', () => {
  expect(importPace({ startedAt, rowsDone: 12_000, rowsEstimated: 10_000 }, startMs + 4000)).toMatchObject({
    ratio: 0.99,
    leftMs: 0,
  })
})

test('nothing is promised before the first second and the first row', () => {
  expect(importPace({ startedAt, rowsDone: 40, rowsEstimated: 100 }, startMs + 300).leftMs).toBeNull()
  expect(importPace({ startedAt: null, rowsDone: 0, rowsEstimated: 0 }, startMs)).toEqual({
    ratio: null,
    rowsPerSecond: null,
    leftMs: null,
  })
})
