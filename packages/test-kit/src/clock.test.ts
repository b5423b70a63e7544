import { expect, test } from 'vitest'
import { createFakeClock } from './clock.ts'
import { waitUntil } from './wait-until.ts'

test('wakes sleepers in the order of their instants, each at its own', async () => {
  const clock = createFakeClock('2026-01-05T03:00:00Z')
  const woken: [string, string][] = []
  const sleepThen = async (name: string, delayMs: number) => {
    await clock.wait(delayMs)
    woken.push([name, clock.now().toISOString().slice(17, 19)])
  }
  const chain = sleepThen('long', 30_000)
  const steps = sleepThen('first', 10_000).then(() => sleepThen('second', 10_000))
  await clock.advanceBy(30_000)
  await Promise.all([chain, steps])
  expect(woken).toEqual([
    ['first', '10'],
    ['second', '20'],
    ['long', '30'],
  ])
})

test('keeps asleep what is due later, and refuses to run backwards', async () => {
  const clock = createFakeClock()
  void clock.wait(1_000)
  await clock.advanceBy(999)
  expect(clock.sleeping()).toBe(1)
  await expect(clock.advanceTo('2020-01-01T00:00:00Z')).rejects.toThrow(RangeError)
})

test('a timer runs at its instant, and not when it was called off', async () => {
  const clock = createFakeClock('2026-01-05T03:00:00Z')
  const rung: string[] = []
  clock.schedule(() => rung.push('kept'), 1_000)
  const callOff = clock.schedule(() => rung.push('called off'), 500)
  callOff()
  await clock.advanceBy(999)
  expect(rung).toEqual([])
  await clock.advanceBy(1)
  expect(rung).toEqual(['kept'])
})

test('an aborted pause ends with the reason', async () => {
  const clock = createFakeClock()
  const controller = new AbortController()
  const pause = clock.wait(1_000, controller.signal)
  controller.abort(new Error('stopped'))
  await expect(pause).rejects.toThrow('stopped')
  expect(clock.sleeping()).toBe(0)
})

test('waiting in vain fails with what it waited for and why', async () => {
  const waiting = waitUntil(() => Promise.reject(new Error('not there')), { timeoutMs: 20, what: 'the row' })
  await expect(waiting).rejects.toMatchObject({
    message: 'Waited 20 ms in vain for the row',
    cause: { message: 'not there' },
  })
})
