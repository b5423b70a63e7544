import { refusalActions } from '@siar/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attemptsMax, moveOfOutcome, retryDelayMs, withReceipts } from './settle.ts'
import type { InFlight } from './settle.ts'

const now = new Date('2026-11-20T03:00:00Z')

const flight = (changes: Partial<InFlight> = {}): InFlight => ({
  attemptId: 'msg_1',
  recipientId: 'rcp_1',
  contactId: 'con_1',
  senderId: 'snd_1',
  runId: 'run_1',
  shard: 0,
  epoch: 1,
  text: 'Halo',
  mediaId: null,
  attempts: 1,
  isResent: false,
  dedupesOurId: false,
  echoesOurId: true,
  ...changes,
})

describe('an outcome', () => {
  test('that is ambiguous goes again under the same id only where the channel shows an id once', () => {
    const unknown = { kind: 'unknown', reason: 'timeout' } as const
    expect(moveOfOutcome(flight(), unknown, now)).toMatchObject({ target: 'unknown', sameId: false })
    expect(moveOfOutcome(flight({ dedupesOurId: true }), unknown, now)).toMatchObject({
      target: 'queued',
      sameId: true,
    })
    const tired = flight({ dedupesOurId: true, attempts: 50 })
    expect(moveOfOutcome(tired, unknown, now)).toMatchObject({ target: 'unknown', sameId: false })
  })

  test('that never left the machine waits as long as the channel asks, and fails after many tries', () => {
    const notSent = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 1_000 } as const
    expect(moveOfOutcome(flight(), notSent, now)).toMatchObject({
      target: 'queued',
      sameId: false,
      dueAt: new Date(now.getTime() + 1_000),
    })
    expect(moveOfOutcome(flight({ attempts: attemptsMax }), notSent, now)).toMatchObject({
      target: 'refused',
      reason: 'not_connected',
    })
  })

  test('that is refused never goes out again under its old id, whatever the action', () => {
    for (const action of refusalActions) {
      const move = moveOfOutcome(flight(), { kind: 'refused', reason: 'x', action }, now)
      if (action !== 'settle') expect(move.sameId).toBe(false)
      expect(retryDelayMs(action, 1)).toBeGreaterThan(0)
    }
  })

  test('of a message sent again under its id keeps that id for the next try, because an earlier one may have arrived', () => {
    const resent = flight({ isResent: true, dedupesOurId: true })
    const notSent = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 1_000 } as const
    const refused = { kind: 'refused', reason: 'x', action: 'retry_later' } as const
    for (const outcome of [notSent, refused]) {
      expect(moveOfOutcome(resent, outcome, now)).toMatchObject({ target: 'queued', sameId: true })
      const tired = { ...resent, attempts: attemptsMax }
      expect(moveOfOutcome(tired, outcome, now)).toMatchObject({ target: 'unknown', reason: outcome.reason })
    }
  })

  test('the same person is left alone longer with each try', () => {
    expect([1, 2, 3].map((tries) => retryDelayMs('delay_recipient', tries))).toEqual([4_000, 16_000, 64_000])
    expect(retryDelayMs('delay_recipient', 100)).toBe(24 * 60 * 60 * 1000)
  })
})

describe('receipts', () => {
  const attempt = { attemptId: 'msg_1', recipientId: 'rcp_1' }
  const kinds = fc.constantFrom('accepted' as const, 'delivered' as const, 'read' as const)
  const said = fc.array(
    fc.record({
      kind: kinds,
      at: fc.integer({ min: 0, max: 1_000 }).map((ms) => new Date(ms)),
      reason: fc.constant(null),
    }),
    { minLength: 1, maxLength: 8 },
  )

  test('say the same in every order and however often', () => {
    fc.assert(
      fc.property(said, fc.infiniteStream(fc.nat()), (receipts, keys) => {
        const shuffled = receipts
          .map((receipt) => ({ receipt, key: keys.next().value ?? 0 }))
          .sort((left, right) => left.key - right.key)
          .map(({ receipt }) => receipt)
        const once = withReceipts(attempt, null, receipts)
        expect(withReceipts(attempt, null, [...shuffled, ...receipts])).toEqual(once)
        const rank = { accepted: 1, delivered: 2, read: 3 }
        const furthest = Math.max(...receipts.map(({ kind }) => rank[kind]))
        expect(rank[once.target as keyof typeof rank]).toBe(furthest)
      }),
    )
  })

  test('of progress win over an unknown end; a refusal wins unless the person has the message', () => {
    const unknown = moveOfOutcome(flight(), { kind: 'unknown', reason: 'timeout' }, now)
    const delivered = { kind: 'delivered' as const, at: now, reason: null }
    const refused = { kind: 'refused' as const, at: now, reason: 'undeliverable' }
    expect(withReceipts(attempt, unknown, [delivered])).toMatchObject({ target: 'delivered', reason: null })
    expect(withReceipts(attempt, unknown, [refused])).toMatchObject({
      target: 'refused',
      reason: 'undeliverable',
    })
    expect(withReceipts(attempt, unknown, [refused, delivered])).toMatchObject({ target: 'delivered' })
  })
})
