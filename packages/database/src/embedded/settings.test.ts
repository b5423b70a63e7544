import { expect, test } from 'vitest'
import { sharedBuffersMb } from './settings.ts'

const gibibyte = 2 ** 30

test.each([
  [1, 128],
  [4, 128],
  [8, 256],
  [24, 768],
  [256, 1_024],
])('a machine with %i GiB gives %i MB to the pages of the database', (memory, expected) => {
  expect(sharedBuffersMb(memory * gibibyte)).toBe(expected)
})
