import { expect, test } from 'vitest'
import { Guardian } from './guardian.ts'

const harmTimes = (guardian: Guardian, harm: 'block' | 'opt_out', times: number): boolean =>
  Array.from({ length: times }, () => guardian.harmed('cmp', harm)).includes(true)

test('a campaign that many people block is stopped, and starts afresh when it goes on', () => {
  const guardian = new Guardian()
  guardian.sent('cmp', 100)
  expect(harmTimes(guardian, 'block', 4)).toBe(false)
  expect(harmTimes(guardian, 'block', 1)).toBe(true)
  guardian.sent('cmp', 100)
  expect(harmTimes(guardian, 'block', 4)).toBe(false)
})

test('a few people who leave stop nothing', () => {
  const guardian = new Guardian()
  guardian.sent('cmp', 1_000)
  expect(harmTimes(guardian, 'opt_out', 60)).toBe(false)
  expect(harmTimes(guardian, 'block', 20)).toBe(false)
})

test('old messages do not hide what happens now', () => {
  const guardian = new Guardian()
  for (let sent = 0; sent < 100; sent += 1) guardian.sent('cmp', 1_000)
  expect(harmTimes(guardian, 'block', 80)).toBe(true)
})
