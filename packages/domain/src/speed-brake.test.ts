import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noBrake, slowDown, speedShare } from './speed-brake.ts'

const minuteMs = 60_000

test('a complaint halves the speed at once, which recovers by an eighth a minute', () => {
  const brake = slowDown(noBrake, 0)
  const shares = [0, 0.5, 1, 2, 3, 4, 60].map((minutes) => speedShare(brake, minutes * minuteMs))
  expect(shares).toEqual([0.5, 0.5, 0.625, 0.75, 0.875, 1, 1])
})

test('a burst of complaints is one, a later one halves what had recovered', () => {
  const first = slowDown(noBrake, 0)
  expect(slowDown(slowDown(first, 1_000), 9_000)).toEqual(first)
  expect(speedShare(slowDown(first, 2 * minuteMs), 2 * minuteMs)).toBe(0.375)
})

test('however often it is asked, a sender never stands still and never goes faster than it may', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3_600_000, max: 3_600_000 }), { maxLength: 200 }), (steps) => {
      let nowMs = 0
      let brake = noBrake
      for (const step of steps) {
        nowMs += step
        brake = slowDown(brake, nowMs)
        const share = speedShare(brake, nowMs)
        expect(share).toBeGreaterThan(0)
        expect(share).toBeLessThanOrEqual(1)
      }
    }),
  )
})
