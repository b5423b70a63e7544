import { describe, expect, test } from 'vitest'
import { defaultShares, ownNumberOf, personOf, replyOf } from './person.ts'

const numbers = Array.from({ length: 20_000 }, (_, index) => `+62812${String(index).padStart(8, '0')}`)
const people = numbers.map((number) => personOf('seed', number, defaultShares))

function share(fits: (person: (typeof people)[number]) => boolean): number {
  return people.filter(fits).length / people.length
}

describe('people', () => {
  test('a number always behaves the same for one seed, and differently for another', () => {
    expect(numbers.map((number) => personOf('seed', number, defaultShares))).toEqual(people)
    expect(numbers.map((number) => personOf('other', number, defaultShares))).not.toEqual(people)
  })

  test('the shares of a crowd are the configured ones', () => {
    expect(share((person) => person.onWhatsApp)).toBeCloseTo(defaultShares.onWhatsApp, 2)
    expect(share((person) => person.habit === 'replies')).toBeCloseTo(defaultShares.replies, 2)
    expect(share((person) => person.habit === 'opts_out')).toBeCloseTo(defaultShares.optsOut, 2)
    expect(share((person) => person.habit === 'blocks')).toBeCloseTo(defaultShares.blocks, 2)
    expect(share((person) => person.reading === 'never')).toBeGreaterThan(0.08)
  })

  test('whoever answers has read the message', () => {
    expect(people.filter((person) => person.habit !== 'none' && person.reading === 'never')).toEqual([])
  })

  test('people end marketing in their own language', () => {
    expect(replyOf('+6281200000001', 'opts_out', 0)).toBe('BERHENTI')
    expect(replyOf('+14155550100', 'opts_out', 0)).toBe('STOP')
  })

  test('the own number of a sender is an Indonesian mobile number and stays', () => {
    expect(ownNumberOf('snd_1')).toMatch(/^\+62895\d{8}$/)
    expect(ownNumberOf('snd_1')).toBe(ownNumberOf('snd_1'))
  })
})
