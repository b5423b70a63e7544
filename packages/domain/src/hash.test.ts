import { expect, test } from 'vitest'
import { assertNever } from './assert-never.ts'
import { hash32, hashFraction } from './hash.ts'

test('never changes: shards and splits are stored by it', () => {
  expect(['', 'a', 'snd_1', 'Halo 😀'].map(hash32)).toMatchInlineSnapshot(`
    [
      2872998923,
      444641715,
      1220517284,
      3233809533,
    ]
  `)
})

test('spreads near strings evenly over shards and shares', () => {
  const shards = new Array<number>(256).fill(0)
  let below = 0
  for (let index = 0; index < 25_600; index += 1) {
    const text = `snd_${index}`
    const shard = hash32(text) % 256
    shards[shard] = (shards[shard] ?? 0) + 1
    if (hashFraction(text) < 0.25) below += 1
  }
  expect(Math.min(...shards)).toBeGreaterThan(50)
  expect(Math.max(...shards)).toBeLessThan(160)
  expect(Math.abs(below / 25_600 - 0.25)).toBeLessThan(0.02)
})

test('assertNever stops untyped data', () => {
  expect(() => assertNever('x' as never, 'status')).toThrow('Unexpected status: x')
})
