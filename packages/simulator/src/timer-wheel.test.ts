import { describe, expect, test } from 'vitest'
import { createTimerWheel } from './timer-wheel.ts'
import { createVirtualTime } from './testing/virtual-time.ts'

describe('timer wheel', () => {
  test('nothing runs early, and late by less than one grain', async () => {
    const time = createVirtualTime()
    const wheel = createTimerWheel(time.nowMs, time.schedule)
    const late: number[] = []
    for (const delayMs of [0, 1, 7, 999, 1_001, 59_999, 60_001, 3_600_000]) {
      const dueAtMs = time.nowMs() + delayMs
      wheel.add(delayMs, () => late.push((time.nowMs() - dueAtMs) / Math.max(5, delayMs)))
    }
    await time.advanceBy(4_000_000)
    expect(late).toHaveLength(8)
    for (const share of late) {
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThanOrEqual(1)
    }
  })

  test('tasks run in order of time, also those added by tasks', async () => {
    const time = createVirtualTime()
    const wheel = createTimerWheel(time.nowMs, time.schedule)
    const order: string[] = []
    wheel.add(300, () => order.push('third'))
    wheel.add(100, () => {
      order.push('first')
      wheel.add(100, () => order.push('second'))
    })
    await time.advanceBy(1_000)
    expect(order).toEqual(['first', 'second', 'third'])
  })

  test('many tasks at one time share one timer', async () => {
    const time = createVirtualTime()
    const wheel = createTimerWheel(time.nowMs, time.schedule)
    let ran = 0
    for (let index = 0; index < 10_000; index += 1) wheel.add(500, () => (ran += 1))
    expect(time.timers()).toBe(1)
    await time.advanceBy(600)
    expect(ran).toBe(10_000)
  })

  test('a closed wheel runs nothing more', async () => {
    const time = createVirtualTime()
    const wheel = createTimerWheel(time.nowMs, time.schedule)
    let ran = 0
    wheel.add(100, () => (ran += 1))
    wheel.close()
    await time.advanceBy(1_000)
    expect(ran).toBe(0)
  })
})
