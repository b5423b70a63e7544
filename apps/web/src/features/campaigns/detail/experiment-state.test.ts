import type { ExperimentReport } from '@siar/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { axisEnd, choosable, placeOnAxis } from './experiment-state.ts'

function variant(key: string, goal: { value: number; low: number; high: number } | null = null) {
  return { key, templateName: null, people: 0, sent: 0, delivered: 0, read: 0, replied: 0, clicked: 0, goal }
}

const share = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([one, other]) => ({
    low: Math.min(one, other),
    value: (one + other) / 2,
    high: Math.max(one, other),
  }))

describe('intervals side by side', () => {
  test('share one axis on which every one of them fits, its value inside', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 6 }), (shares) => {
        const end = axisEnd(shares.map((goal) => ({ goal })))
        for (const goal of shares) {
          const { start, width, at } = placeOnAxis(goal, end)
          expect(start).toBeGreaterThanOrEqual(0)
          expect(start + width).toBeLessThanOrEqual(1 + 1e-9)
          expect(at).toBeGreaterThanOrEqual(start - 1e-9)
          expect(at).toBeLessThanOrEqual(start + width + 1e-9)
        }
      }),
    )
  })

  test('without any figure the axis still has a length', () => {
    expect(axisEnd([{ goal: null }])).toBe(0.05)
  })
})

describe('which variants may be sent to those who wait', () => {
  const report: ExperimentReport = {
    goal: 'read',
    state: 'clear',
    leader: 'B',
    moreNeeded: null,
    winner: null,
    decidedAt: null,
    decidedBy: null,
    decidesAt: null,
    waiting: 1204,
    variants: [variant('A'), variant('B')],
    lift: null,
  }

  test('all, the surely better one first', () => {
    expect(choosable(report).map(({ key }) => key)).toEqual(['B', 'A'])
  })

  test('none once it is decided or nobody waits', () => {
    expect(choosable({ ...report, winner: 'A' })).toEqual([])
    expect(choosable({ ...report, waiting: 0 })).toEqual([])
  })
})
