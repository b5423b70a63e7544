import { expect, test } from 'vitest'
import { findHarmOfReason, harmOfRefusal } from './guardian-harm.ts'
import { haltUntilAtMs, recentHaltedDays } from './guardian-halt.ts'
import type { HaltFacts } from './guardian-halt.ts'
import { haltText } from './guardian-text.ts'
import { harms } from './guardian.ts'
import { haltReasons } from './campaign.ts'

const zone = 'Asia/Jakarta'
const untilOf = (now: string, haltsBefore: number): string =>
  new Date(haltUntilAtMs(zone, Date.parse(now), haltsBefore)).toISOString()

test('a halt lasts until the next day of the workspace, at least 8 hours, and longer after repeated halts', () => {
  expect(untilOf('2026-11-20T03:00:00Z', 0)).toBe('2026-11-20T17:00:00.000Z')
  expect(untilOf('2026-11-20T16:00:00Z', 0)).toBe('2026-11-21T00:00:00.000Z')
  expect(untilOf('2026-11-20T03:00:00Z', 1)).toBe('2026-11-22T17:00:00.000Z')
  expect(untilOf('2026-11-20T03:00:00Z', 2)).toBe('2026-11-26T17:00:00.000Z')
  expect(untilOf('2026-11-20T03:00:00Z', 9)).toBe('2026-11-26T17:00:00.000Z')
})

test('halts of more than 30 days ago are forgotten', () => {
  expect(recentHaltedDays(['2026-10-20', '2026-10-22', '2026-11-20'], '2026-11-21')).toEqual([
    '2026-10-22',
    '2026-11-20',
  ])
})

const facts: HaltFacts = {
  reason: 'guardian',
  senderId: 'snd_1',
  senderName: 'Toko Sari',
  since: '2026-11-20T03:00:00Z',
  until: null,
  alarm: { harm: 'block', harmed: 12, messages: 1_180, usualOneOf: 300, span: 'today' },
}

test('a halt says why in plain words with its figures, in both languages', () => {
  expect(haltText(facts)).toEqual({
    id: 'Toko Sari: 12 dari 1.180 orang memblokir atau melaporkan nomor ini hari ini; biasanya 1 dari 300.',
    en: 'Toko Sari: 12 of 1,180 people blocked or reported this number today; usually 1 of 300.',
  })
})

test('every harm and every reason has words in both languages', () => {
  for (const harm of harms) {
    const { id, en } = haltText({
      ...facts,
      alarm: { harm, harmed: 3, messages: 20, usualOneOf: 9, span: 'run' },
    })
    expect(id).toMatch(/3 dari 20 .*biasanya 1 dari 9/)
    expect(en).toMatch(/3 of 20 .*usually 1 of 9/)
  }
  for (const reason of haltReasons) {
    const { id, en } = haltText({ ...facts, reason, alarm: null })
    expect(id).not.toBe(en)
  }
})

test('a number that is not on WhatsApp counts apart, what WhatsApp holds back for a while and our own mistakes not at all', () => {
  expect(harmOfRefusal.not_on_whatsapp).toBe('wrong_number')
  expect(harmOfRefusal.blocked_by_person).toBe('refused')
  expect(harmOfRefusal.opted_out).toBe('opt_out')
  expect(harmOfRefusal.healthy_ecosystem).toBeNull()
  expect(harmOfRefusal.bad_request).toBeNull()
  expect(findHarmOfReason('a code of tomorrow')).toBe('refused')
  expect(findHarmOfReason(null)).toBeNull()
})
