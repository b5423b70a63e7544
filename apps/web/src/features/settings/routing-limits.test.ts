import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMessages, readUsdMinor, toTexts } from './routing-limits.ts'

describe('limits of paid messages', () => {
  test('nothing typed means no limit, and 0 means none at all', () => {
    expect([readMessages(''), readMessages('0')]).toEqual([null, 0])
    expect([readUsdMinor(' '), readUsdMinor('0')]).toEqual([null, 0])
  })

  test('dollars are read with point or comma, to the cent', () => {
    expect([readUsdMinor('12.5'), readUsdMinor('12,05'), readUsdMinor('7')]).toEqual([1250, 1205, 700])
  })

  test('what cannot be read is not guessed', () => {
    expect([readMessages('12a'), readMessages('-1'), readMessages('99999999999')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect([readUsdMinor('1.234'), readUsdMinor('1,2,3'), readUsdMinor('$5')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('saving what is shown changes nothing', () => {
    const limit = fc.option(fc.nat(1_000_000_000), { nil: null })
    fc.assert(
      fc.property(limit, limit, (paidMessagesMax, paidUsdMinorMax) => {
        const texts = toTexts({ preset: 'official_first', paidMessagesMax, paidUsdMinorMax })
        expect(readMessages(texts.messages)).toBe(paidMessagesMax)
        expect(readUsdMinor(texts.usd)).toBe(paidUsdMinorMax)
      }),
    )
  })
})
