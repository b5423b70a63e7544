import { describe, expect, test } from 'vitest'
import { makeFormatter } from './format.ts'

const plain = (text: string) => text.replace(/\u00a0|\u202f/g, ' ')
const id = makeFormatter('id', 'Asia/Jakarta')
const en = makeFormatter('en', 'Asia/Jakarta')

describe('makeFormatter', () => {
  test('shows rupiah without decimals and dollars from cents', () => {
    expect(plain(id.money(299_000, 'IDR'))).toBe('Rp 299.000')
    expect(plain(en.money(1_999, 'USD'))).toBe('US$19.99')
  })

  test("shows an instant in the person's zone, across midnight", () => {
    expect(plain(id.date('2026-11-20T18:30:00Z'))).toBe('21 Nov 2026')
    expect(plain(makeFormatter('en', 'UTC').date('2026-11-20T18:30:00Z'))).toBe('20 Nov 2026')
  })

  test('tells how long ago in the largest fitting unit', () => {
    const nowMs = Date.parse('2026-11-20T10:00:00Z')
    expect(en.relative('2026-11-20T09:55:00Z', nowMs)).toBe('5 minutes ago')
    expect(en.relative('2026-11-19T10:00:00Z', nowMs)).toBe('yesterday')
    expect(id.relative('2026-11-20T12:00:00Z', nowMs)).toBe('dalam 2 jam')
  })

  test('writes durations and sizes with at most two parts', () => {
    expect(plain(en.duration(5_765_000))).toBe('1 hr 36 mins')
    expect(plain(en.bytes(482_000))).toBe('482 kB')
  })
})
