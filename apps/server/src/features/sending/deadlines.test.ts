import { expect, test } from 'vitest'
import { Deadlines } from './deadlines.ts'

test('calls of one moment share a signal, and no call is cut off before its time', async () => {
  const deadlines = new Deadlines(120)
  const first = deadlines.signal()
  expect(deadlines.signal()).toBe(first)
  const begunAtMs = performance.now()
  await new Promise<void>((resolve) =>
    deadlines.signal().addEventListener('abort', () => resolve(), { once: true }),
  )
  expect(performance.now() - begunAtMs).toBeGreaterThanOrEqual(119)
  expect(deadlines.signal().aborted).toBe(false)
})
