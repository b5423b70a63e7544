import { expect, test } from 'vitest'
import { soFar } from './so-far.ts'

test('a curve never falls and ends at the totals', () => {
  const steps = [
    { at: '1', sent: 3, delivered: 1, read: 0 },
    { at: '2', sent: 0, delivered: 2, read: 2 },
  ]
  expect(soFar(steps)).toEqual([
    { at: '1', sent: 3, delivered: 1, read: 0 },
    { at: '2', sent: 3, delivered: 3, read: 2 },
  ])
})
