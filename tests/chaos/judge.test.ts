import type { Frame } from '@siar/simulator'
import { describe, expect, test } from 'vitest'
import { addVerdicts, judge, noVerdict } from './judge.ts'

const frame = (to: string, shown = true): Frame => ({
  at: '2026-11-20T03:00:00.000Z',
  senderId: 'snd_a',
  messageId: `msg_${to}`,
  to,
  shown,
})
const person = (address: string, status = 'read') => ({ address, status })

describe('the judge of the chaos proofs', () => {
  test('counts everybody who got exactly one message as sent and nothing else', () => {
    const verdict = judge([person('+1'), person('+2')], [frame('+1'), frame('+2')])
    expect(verdict).toEqual({ ...noVerdict, people: 2, sent: 2 })
  })

  test('calls somebody lost whom Siar counts as sent and no frame reached', () => {
    expect(judge([person('+1', 'accepted')], []).lost).toBe(1)
    expect(judge([person('+1', 'dispatching')], []).lost).toBe(1)
  })

  test('does not call somebody lost of whom Siar says that it does not know', () => {
    expect(judge([person('+1', 'unknown')], [])).toMatchObject({ lost: 0, unknown: 1, unsettled: 0 })
  })

  test('tells a second showing from a second frame that was not shown', () => {
    expect(judge([person('+1')], [frame('+1'), frame('+1')])).toMatchObject({ shownTwice: 1, framesTwice: 1 })
    expect(judge([person('+1')], [frame('+1'), frame('+1', false)])).toMatchObject({
      shownTwice: 0,
      framesTwice: 1,
    })
  })

  test('notices an unknown that receipts should have settled', () => {
    expect(judge([person('+1', 'unknown')], [frame('+1')]).unsettled).toBe(1)
  })

  test('adds the verdicts of rounds', () => {
    const one = judge([person('+1'), person('+2', 'unknown')], [frame('+1')])
    expect(addVerdicts(one, one)).toMatchObject({ people: 4, sent: 2, unknown: 2 })
  })
})
