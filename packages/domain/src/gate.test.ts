import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { campaignStatuses, consentStates, purposes } from './campaign.ts'
import type { GateRecipient, GateShared } from './gate-snapshot.ts'
import { decide, prepareGate } from './gate.ts'
import { defaultQuietHours } from './quiet-hours.ts'
import { senderStatuses } from './sender.ts'

const noon = Date.UTC(2026, 10, 20, 5) // 12:00 in Jakarta
const night = Date.UTC(2026, 10, 20, 15) // 22:00 in Jakarta, 00:00 in Jayapura
const hour = 3_600_000

type SharedChange = {
  nowAtMs?: number
  campaign?: Partial<GateShared['campaign']>
  sender?: Partial<GateShared['sender']>
}

const shared = ({ nowAtMs = noon, campaign, sender }: SharedChange = {}): GateShared => ({
  nowAtMs,
  recheckMs: 60_000,
  campaign: {
    status: 'running',
    purpose: 'marketing',
    startsAtMs: null,
    quietHours: defaultQuietHours,
    frequencyCap: 3,
    unansweredLimit: 3,
    quota: null,
    budgetLeftMicros: null,
    needsOpenWindow: false,
    ...campaign,
  },
  sender: {
    status: 'online',
    skipsLimits: false,
    guardianHalted: false,
    newChatsLockedUntilMs: null,
    nextSlotAtMs: null,
    caps: [],
    ...sender,
  },
})

const person: GateRecipient = {
  hasAddress: true,
  active: true,
  erased: false,
  suppressed: false,
  consent: 'granted',
  zone: 'Asia/Jakarta',
  notBeforeAtMs: null,
  marketingInWindow: 0,
  unanswered: 0,
  windowUntilMs: null,
  costMicros: 0,
  knownToSender: false,
}

const verdict = (change: SharedChange = {}, recipient: Partial<GateRecipient> = {}) =>
  decide({ shared: shared(change), recipient: { ...person, ...recipient } })

const cap = (
  kind: 'hourly_cap' | 'daily_cap' | 'warm_up',
  limit: number,
  used: number,
  freesAtMs: number,
) => ({
  kind,
  limit,
  used,
  freesAtMs,
})

test('allows a consenting contact by day on a healthy sender', () => {
  expect(verdict()).toEqual({ kind: 'allow' })
})

describe('skips', () => {
  test.each<[string, SharedChange, Partial<GateRecipient>]>([
    ['cancelled', { campaign: { status: 'cancelled' } }, {}],
    ['contact_erased', {}, { erased: true }],
    ['no_address', {}, { hasAddress: false }],
    ['contact_inactive', {}, { active: false }],
    ['suppressed', {}, { suppressed: true }],
    ['suppressed', { campaign: { purpose: 'service' } }, { suppressed: true }],
    ['no_consent', {}, { consent: 'unknown' }],
    ['consent_withdrawn', {}, { consent: 'withdrawn' }],
    ['frequency_cap', {}, { marketingInWindow: 3 }],
    ['unanswered', {}, { unanswered: 3 }],
    ['window_closed', { campaign: { needsOpenWindow: true } }, { windowUntilMs: noon }],
    [
      'window_closed',
      { campaign: { needsOpenWindow: true } },
      { windowUntilMs: noon + 1, notBeforeAtMs: noon + 2 },
    ],
    ['quota', { campaign: { quota: { left: 0, renewsAtMs: null } } }, {}],
    ['budget', { campaign: { budgetLeftMicros: 41_599 } }, { costMicros: 41_600 }],
    ['price_unknown', { campaign: { budgetLeftMicros: 1_000_000 } }, { costMicros: null }],
  ])('%s', (reason, change, recipient) => {
    expect(verdict(change, recipient)).toEqual({ kind: 'skip', reason })
  })

  test('a budget lets out what it covers to the last, and what is free even when nothing is left', () => {
    const allow = { kind: 'allow' }
    expect(verdict({ campaign: { budgetLeftMicros: 41_600 } }, { costMicros: 41_600 })).toEqual(allow)
    expect(verdict({ campaign: { budgetLeftMicros: 0 } }, { costMicros: 0 })).toEqual(allow)
    expect(verdict({}, { costMicros: null })).toEqual(allow)
  })

  test('a service message needs no consent and counts for no frequency cap', () => {
    const service = { campaign: { purpose: 'service' } } as const
    expect(verdict(service, { consent: 'withdrawn', marketingInWindow: 9, unanswered: 9 })).toEqual({
      kind: 'allow',
    })
  })

  test('consent, suppression and frequency cap hold for a simulator too', () => {
    const simulator = { sender: { skipsLimits: true } }
    expect(verdict(simulator, { consent: 'unknown' }).kind).toBe('skip')
    expect(verdict(simulator, { suppressed: true }).kind).toBe('skip')
    expect(verdict(simulator, { marketingInWindow: 3 }).kind).toBe('skip')
  })
})

describe('delays', () => {
  const later = noon + hour
  test.each<[string, number, SharedChange, Partial<GateRecipient>]>([
    ['campaign_paused', noon + 60_000, { campaign: { status: 'paused' } }, {}],
    ['campaign_halted', noon + 60_000, { campaign: { status: 'halted' } }, {}],
    ['campaign_not_started', later, { campaign: { status: 'scheduled', startsAtMs: later } }, {}],
    ['sender_not_online', noon + 60_000, { sender: { status: 'offline' } }, {}],
    ['sender_restricted', noon + 60_000, { sender: { status: 'restricted' } }, {}],
    ['guardian', noon + 60_000, { sender: { guardianHalted: true } }, {}],
    ['new_chats_locked', later, { sender: { newChatsLockedUntilMs: later } }, {}],
    ['pacing', noon + 4000, { sender: { nextSlotAtMs: noon + 4000 } }, {}],
    ['hourly_cap', later, { sender: { caps: [cap('hourly_cap', 5, 5, later)] } }, {}],
    [
      'warm_up',
      later,
      { sender: { caps: [cap('daily_cap', 50, 20, later), cap('warm_up', 20, 20, later)] } },
      {},
    ],
    ['recipient_later', later, {}, { notBeforeAtMs: later }],
    ['quota', later, { campaign: { quota: { left: 0, renewsAtMs: later } } }, {}],
    ['quiet_hours', Date.UTC(2026, 10, 21, 0), { nowAtMs: night }, {}],
    ['quiet_hours', Date.UTC(2026, 10, 20, 22), { nowAtMs: night }, { zone: 'Asia/Jayapura' }],
  ])('%s until %i', (reason, untilMs, change, recipient) => {
    expect(verdict(change, recipient)).toEqual({ kind: 'delay', untilMs, reason })
  })

  test('the one that holds longest wins', () => {
    const change = {
      nowAtMs: night,
      sender: { nextSlotAtMs: night + 4000, caps: [cap('daily_cap', 1, 1, night + 12 * hour)] },
    }
    expect(verdict(change)).toMatchObject({ reason: 'daily_cap', untilMs: night + 12 * hour })
    expect(verdict({ nowAtMs: night, sender: { nextSlotAtMs: night + 4000 } })).toMatchObject({
      reason: 'quiet_hours',
    })
  })

  test('a running chat goes on while new chats are locked', () => {
    expect(verdict({ sender: { newChatsLockedUntilMs: later } }, { knownToSender: true })).toEqual({
      kind: 'allow',
    })
  })

  test('a simulator waits for no pacing, cap, warm-up or night', () => {
    const caps = [cap('warm_up', 20, 20, later)]
    expect(verdict({ nowAtMs: night, sender: { skipsLimits: true, nextSlotAtMs: later, caps } })).toEqual({
      kind: 'allow',
    })
  })
})

test('room is what the tightest cap and the quota still allow', () => {
  const caps = [cap('hourly_cap', 10, 4, noon + hour), cap('daily_cap', 100, 97, noon + hour)]
  expect(prepareGate(shared({ sender: { caps } })).room).toBe(3)
  expect(
    prepareGate(shared({ sender: { caps }, campaign: { quota: { left: 2, renewsAtMs: null } } })).room,
  ).toBe(2)
  expect(prepareGate(shared({ sender: { caps, skipsLimits: true } })).room).toBe(Infinity)
  expect(prepareGate(shared()).room).toBe(Infinity)
})

const instant = fc.integer({ min: noon - 3 * hour, max: noon + 30 * hour })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const anyShared: fc.Arbitrary<GateShared> = fc.record({
  nowAtMs: instant,
  recheckMs: fc.constant(60_000),
  campaign: fc.record({
    status: fc.constantFrom(...campaignStatuses),
    purpose: fc.constantFrom(...purposes),
    startsAtMs: maybe(instant),
    quietHours: maybe(fc.constant(defaultQuietHours)),
    frequencyCap: maybe(fc.nat(3)),
    unansweredLimit: maybe(fc.integer({ min: 1, max: 3 })),
    quota: maybe(fc.record({ left: fc.nat(2), renewsAtMs: maybe(instant) })),
    budgetLeftMicros: maybe(fc.nat(100_000)),
    needsOpenWindow: fc.boolean(),
  }),
  sender: fc.record({
    status: fc.constantFrom(...senderStatuses),
    skipsLimits: fc.boolean(),
    guardianHalted: fc.boolean(),
    newChatsLockedUntilMs: maybe(instant),
    nextSlotAtMs: maybe(instant),
    caps: fc.array(
      fc.record({
        kind: fc.constantFrom('hourly_cap', 'daily_cap', 'warm_up'),
        limit: fc.nat(3),
        used: fc.nat(3),
        freesAtMs: instant,
      }),
      { maxLength: 3 },
    ),
  }),
})

const anyRecipient: fc.Arbitrary<GateRecipient> = fc.record({
  hasAddress: fc.boolean(),
  active: fc.boolean(),
  erased: fc.boolean(),
  suppressed: fc.boolean(),
  consent: fc.constantFrom(...consentStates),
  zone: fc.constantFrom('Asia/Jakarta', 'Asia/Jayapura', 'America/New_York', 'Asia/Kathmandu'),
  notBeforeAtMs: maybe(instant),
  marketingInWindow: fc.nat(4),
  unanswered: fc.nat(4),
  windowUntilMs: maybe(instant),
  costMicros: maybe(fc.nat(90_000)),
  knownToSender: fc.boolean(),
})

describe('for any snapshot', () => {
  test('never allows without consent, onto a suppressed address, or for a campaign that does not run', () => {
    fc.assert(
      fc.property(anyShared, anyRecipient, (common, recipient) => {
        if (decide({ shared: common, recipient }).kind !== 'allow') return
        expect(common.campaign.status).toBe('running')
        expect(common.sender).toMatchObject({ status: 'online', guardianHalted: false })
        expect(recipient).toMatchObject({ suppressed: false, active: true, hasAddress: true, erased: false })
        if (common.campaign.purpose === 'marketing') expect(recipient.consent).toBe('granted')
      }),
      { numRuns: 2000 },
    )
  })

  test('a delay always ends after now, and asking when it ends never finds the same hold again', () => {
    fc.assert(
      fc.property(anyShared, anyRecipient, (common, recipient) => {
        const first = decide({ shared: common, recipient })
        if (first.kind !== 'delay') return
        expect(first.untilMs).toBeGreaterThan(common.nowAtMs)
        if (!['quiet_hours', 'pacing', 'recipient_later', 'new_chats_locked'].includes(first.reason)) return
        const again = decide({ shared: { ...common, nowAtMs: first.untilMs }, recipient })
        expect(again.kind === 'delay' ? again.reason : null).not.toBe(first.reason)
      }),
      { numRuns: 2000 },
    )
  })

  test('a batch decides as one by one does', () => {
    fc.assert(
      fc.property(anyShared, fc.array(anyRecipient), (common, recipients) => {
        const gate = prepareGate(common)
        for (const recipient of recipients) {
          expect(gate.decide(recipient)).toEqual(decide({ shared: common, recipient }))
        }
      }),
    )
  })
})
