import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { campaignStatuses, canMoveCampaign, campaignSources, isEditableCampaign } from './campaign.ts'
import {
  applyReceipt,
  canMoveRecipient,
  figureStatuses,
  figuresOf,
  isPendingRecipient,
  receiptKinds,
  receiptRank,
  recipientSources,
  recipientStatuses,
} from './recipient.ts'
import type { RecipientStatus } from './recipient.ts'
import { canMoveSender, senderStatuses } from './sender.ts'

/** Every allowed pair, written out once more, as the design has it. */
const recipientMoves = `
  queued>claimed queued>skipped queued>cancelled
  claimed>queued claimed>dispatching claimed>skipped claimed>cancelled
  dispatching>queued dispatching>accepted dispatching>delivered dispatching>read dispatching>replied
  dispatching>refused dispatching>unknown
  accepted>delivered accepted>read accepted>replied accepted>refused
  delivered>read delivered>replied read>replied
  unknown>accepted unknown>delivered unknown>read unknown>refused unknown>queued unknown>abandoned
  refused>queued`

const campaignMoves = `
  draft>scheduled scheduled>draft draft>running scheduled>running scheduled>overdue overdue>running overdue>scheduled
  running>paused paused>running running>halted halted>running running>completed completed>running
  draft>cancelled scheduled>cancelled overdue>cancelled running>cancelled paused>cancelled halted>cancelled`

const pairs = (text: string): Set<string> => new Set(text.trim().split(/\s+/))

function expectExactly<S extends string>(
  statuses: readonly S[],
  can: (from: S, to: S) => boolean,
  moves: string,
): void {
  const allowed = pairs(moves)
  for (const from of statuses) {
    for (const to of statuses)
      expect([from, to, can(from, to)]).toEqual([from, to, allowed.has(`${from}>${to}`)])
  }
}

describe('recipient', () => {
  test('allows exactly the moves of the design and refuses every other pair', () => {
    expectExactly(recipientStatuses, canMoveRecipient, recipientMoves)
  })

  test('never moves from or to a status that does not exist', () => {
    expect(canMoveRecipient('toString' as RecipientStatus, 'queued')).toBe(false)
    expect(canMoveRecipient('queued', 'gone' as RecipientStatus)).toBe(false)
  })

  test('receipts move forward only, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...recipientStatuses),
        fc.array(fc.constantFrom(...receiptKinds)),
        (start, receipts) => {
          let status = start
          for (const receipt of receipts) {
            const next = applyReceipt(status, receipt)
            expect(next === status || canMoveRecipient(status, next)).toBe(true)
            if (next !== 'refused') expect(receiptRank(next)).toBeGreaterThanOrEqual(receiptRank(status))
            expect(applyReceipt(next, receipt)).toBe(
              next === 'read' && receipt === 'replied' ? 'replied' : next,
            )
            status = next
          }
        },
      ),
    )
  })

  test('the order of positive receipts does not change where a sent message ends', () => {
    const positive = fc.subarray(['accepted', 'delivered', 'read', 'replied'] as const, { minLength: 1 })
    fc.assert(
      fc.property(
        positive.chain((kinds) =>
          fc.tuple(fc.constant(kinds), fc.shuffledSubarray(kinds, { minLength: kinds.length })),
        ),
        ([kinds, shuffled]) => {
          const start: RecipientStatus = 'dispatching'
          const end = shuffled.reduce<RecipientStatus>(applyReceipt, start)
          expect(end).toBe(kinds.at(-1))
        },
      ),
    )
  })

  test('a late refusal counts only while nothing better is known', () => {
    expect(applyReceipt('accepted', 'refused')).toBe('refused')
    expect(applyReceipt('unknown', 'refused')).toBe('refused')
    expect(applyReceipt('delivered', 'refused')).toBe('delivered')
    expect(applyReceipt('refused', 'delivered')).toBe('refused')
    expect(applyReceipt('queued', 'delivered')).toBe('queued')
  })

  test('the figures of a run add up to all recipients, and sent holds delivered and read', () => {
    const counts = fc.record(Object.fromEntries(recipientStatuses.map((status) => [status, fc.nat(1000)])))
    fc.assert(
      fc.property(counts, (byStatus) => {
        const figures = figuresOf(byStatus)
        const { queued, sent, failed, unknown, skipped, cancelled, total } = figures
        expect(queued + sent + failed + unknown + skipped + cancelled).toBe(total)
        expect(sent).toBeGreaterThanOrEqual(figures.delivered)
        expect(figures.delivered).toBeGreaterThanOrEqual(figures.read)
        expect(figures.read).toBeGreaterThanOrEqual(figures.replied)
      }),
    )
    expect(figureStatuses.sent).toEqual(['accepted', 'delivered', 'read', 'replied'])
    expect(figuresOf({ accepted: 2, delivered: 3, refused: 1 })).toMatchObject({
      sent: 5,
      delivered: 3,
      failed: 1,
      total: 6,
    })
  })

  test('knows which statuses still hold a run open and where a move may start', () => {
    expect(recipientStatuses.filter(isPendingRecipient)).toEqual(['queued', 'claimed', 'dispatching'])
    expect(recipientSources('cancelled')).toEqual(['queued', 'claimed'])
  })
})

describe('campaign', () => {
  test('allows exactly the moves of the design and refuses every other pair', () => {
    expectExactly(campaignStatuses, (from, to) => canMoveCampaign(from, to), campaignMoves)
  })

  test('a recurring one also returns to scheduled after a run, may pass an occurrence over and so end, and nothing else', () => {
    expectExactly(
      campaignStatuses,
      (from, to) => canMoveCampaign(from, to, true),
      `${campaignMoves} running>scheduled overdue>completed scheduled>completed`,
    )
  })

  test('is edited only before anything is frozen, and cancelled from anywhere but its ends', () => {
    expect(campaignStatuses.filter(isEditableCampaign)).toEqual(['draft', 'scheduled'])
    expect(campaignSources('cancelled')).not.toContain('completed')
    expect(campaignSources('cancelled')).not.toContain('cancelled')
  })
})

describe('sender', () => {
  test('allows exactly the listed moves and refuses every other pair', () => {
    const ends = ['logged_out', 'banned', 'stopped']
    const live = ['pairing', 'online', 'reconnecting', 'offline', 'restricted']
    const moves = [
      'new>pairing new>online new>offline new>stopped pairing>online pairing>offline',
      'online>reconnecting online>restricted reconnecting>online reconnecting>offline reconnecting>restricted',
      'offline>pairing offline>reconnecting restricted>online restricted>reconnecting',
      'logged_out>pairing logged_out>stopped banned>pairing banned>reconnecting banned>stopped',
      'stopped>pairing stopped>reconnecting',
      ...live.flatMap((from) => ends.map((to) => `${from}>${to}`)),
    ]
    expectExactly(senderStatuses, canMoveSender, moves.join(' '))
  })

  test('a banned or logged-out sender never comes online by itself', () => {
    for (const end of ['logged_out', 'banned', 'stopped'] as const)
      expect(canMoveSender(end, 'online')).toBe(false)
  })
})
