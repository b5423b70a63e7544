import { describe, expect, test } from 'vitest'
import { UsageError } from '../usage-error.ts'
import { parseOptions } from './options.ts'
import type { RawOptions } from './options.ts'

const raw = {
  message: 'message.txt',
  via: 'simulator',
  consent: 'Signed up at the counter',
  wait: '15',
  log: 'logs.txt',
  rejects: 'rejected.csv',
} as const satisfies RawOptions

const refused = (changes: Partial<RawOptions>, canAsk: boolean) => () =>
  parseOptions('numbers.txt', { ...raw, ...changes }, canAsk)

describe('the options of a broadcast', () => {
  test('never leave a question to somebody who is not there', () => {
    expect(refused({}, false)).toThrow(UsageError)
    expect(refused({ json: true }, false)).toThrow(UsageError)
    expect(refused({ yes: true, consent: ' ' }, true)).toThrow(UsageError)
    expect(refused({ yes: true }, false)).not.toThrow()
    expect(refused({}, true)).not.toThrow()
  })

  test('take a delay from the shorter to the longer, in seconds', () => {
    const delay = (text: string) => parseOptions('numbers.txt', { ...raw, delay: text }, true).delayMs
    expect(delay('3-6')).toEqual({ min: 3000, max: 6000 })
    expect(delay('0.5')).toEqual({ min: 500, max: 500 })
    for (const wrong of ['5-1', '-1-2', 'abc', '3-601', '']) expect(() => delay(wrong)).toThrow(UsageError)
  })

  test('refuse what would not fit later, before anything is imported', () => {
    expect(refused({ consent: 'x'.repeat(1001) }, true)).toThrow('at most 1000')
    expect(refused({ name: 'x'.repeat(81) }, true)).toThrow('at most 80')
    expect(refused({ wait: '-5' }, true)).toThrow(UsageError)
  })
})
