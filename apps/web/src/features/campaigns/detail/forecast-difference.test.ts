import { describe, expect, test } from 'vitest'
import { costDifference, countDifference, timeDifference } from './forecast-difference.ts'

describe('forecast against what came', () => {
  test('counts differ by people, in the right direction', () => {
    expect(countDifference(100, 100)).toEqual({ kind: 'same' })
    expect(countDifference(100, 112)).toEqual({ kind: 'more', by: 12 })
    expect(countDifference(100, 88)).toEqual({ kind: 'fewer', by: 12 })
  })

  test('an end within a minute of the forecast is as foretold', () => {
    const foretold = '2026-11-20T03:00:00.000Z'
    expect(timeDifference(foretold, '2026-11-20T03:00:59.000Z')).toEqual({ kind: 'same' })
    expect(timeDifference(foretold, '2026-11-20T03:20:00.000Z')).toEqual({ kind: 'later', byMs: 1_200_000 })
    expect(timeDifference(foretold, '2026-11-20T02:58:00.000Z')).toEqual({ kind: 'sooner', byMs: 120_000 })
    expect(timeDifference(null, foretold)).toBeNull()
  })

  test('a cost is judged by the range, its ends included', () => {
    const range = { low: 10, high: 20 }
    expect([9, 10, 20, 21].map((actual) => costDifference(range, actual))).toEqual([
      'below',
      'within',
      'within',
      'above',
    ])
  })
})
