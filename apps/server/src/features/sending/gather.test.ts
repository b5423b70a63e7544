import { expect, test } from 'vitest'
import { Gather } from './gather.ts'

const neverMs = 3_600_000

test('the first round begins at once, and the next waits', async () => {
  const gather = new Gather(neverMs)
  await gather.round()
  let hasBegun = false
  void gather.round().then(() => (hasBegun = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(hasBegun).toBe(false)
  gather.hurry()
  await expect.poll(() => hasBegun).toBe(true)
})

test('a hurry that nobody waits for shortens no later round', async () => {
  const gather = new Gather(neverMs)
  await gather.round()
  gather.hurry()
  let hasBegun = false
  void gather.round().then(() => (hasBegun = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(hasBegun).toBe(false)
  gather.hurry()
})
