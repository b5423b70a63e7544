import { SenderSettings } from '@siar/contract'
import { describe, expect, test } from 'vitest'
import { dayOf, healthOf } from './sender-health.ts'
import type { HealthDay, HealthFacts } from './sender-health.ts'

const nowAtMs = Date.parse('2026-11-20T03:00:00Z')

function day(changes: Partial<HealthDay> = {}): HealthDay {
  const none = { refused: 0, unknown: 0, replies: 0, optOuts: 0, blocks: 0 }
  return { day: '2026-11-20', accepted: 100, delivered: 97, read: 80, ...none, ...changes }
}

function facts(changes: Partial<HealthFacts> = {}): HealthFacts {
  return {
    nowAtMs,
    zone: 'Asia/Jakarta',
    status: 'online',
    settings: SenderSettings.parse({}),
    skipsLimits: false,
    numberSinceAtMs: Date.parse('2026-01-01T00:00:00Z'),
    days: [day()],
    sentThisHour: 12,
    ...changes,
  }
}

describe('health of a sender', () => {
  test('a sender people are content with has all points and no complaint', () => {
    expect(healthOf(facts())).toMatchObject({ score: 100, reasons: [], hour: { used: 12, allowed: 200 } })
  })

  test('too few messages give no score instead of a good one', () => {
    const health = healthOf(facts({ days: [day({ accepted: 5, delivered: 5 })] }))
    expect(health).toMatchObject({ score: null, reasons: [] })
  })

  test('blocks weigh more than opt-outs, and opt-outs more than nothing', () => {
    const score = (changes: Partial<HealthDay>): number =>
      healthOf(facts({ days: [day(changes)] })).score ?? -1
    expect(score({ blocks: 3 })).toBeLessThan(score({ optOuts: 3 }))
    expect(score({ optOuts: 3 })).toBeLessThan(score({}))
  })

  test('more of any burden never raises the score, and it stays within 0 and 100', () => {
    for (const key of ['blocks', 'optOuts', 'refused', 'unknown'] as const) {
      let last = 101
      for (let count = 0; count <= 100; count += 5) {
        const { score } = healthOf(facts({ days: [day({ [key]: count })] }))
        expect(score).toBeLessThanOrEqual(last)
        expect(score).toBeGreaterThanOrEqual(0)
        last = score ?? -1
      }
    }
  })

  test('every complaint is named by its code', () => {
    const bad = day({ blocks: 9, optOuts: 9, refused: 90, unknown: 40, delivered: 5 })
    expect(healthOf(facts({ days: [bad] })).reasons).toEqual([
      'blocks_high',
      'opt_outs_high',
      'refusals_high',
      'undelivered_high',
      'unknown_high',
    ])
  })

  test('a young number may send what its ramp allows, a warm one its daily cap', () => {
    const young = healthOf(facts({ numberSinceAtMs: nowAtMs - 5 * 86_400_000 }))
    expect(young).toMatchObject({
      today: { used: 100, allowed: 50 },
      warmUp: { active: true, day: 5, cap: 50 },
    })
    expect(young.reasons).toContain('warming_up')
    expect(healthOf(facts())).toMatchObject({
      today: { allowed: 1000 },
      warmUp: { active: false, cap: null },
    })
  })

  test('a simulator that obeys no limits shows none', () => {
    const health = healthOf(facts({ skipsLimits: true, numberSinceAtMs: nowAtMs }))
    expect(health).toMatchObject({
      today: { allowed: null },
      hour: { allowed: null },
      warmUp: { active: false },
    })
  })

  test('today is the day of the workspace', () => {
    expect(dayOf('Asia/Jakarta', Date.parse('2026-11-19T17:00:00Z'))).toBe('2026-11-20')
    expect(dayOf('Asia/Jakarta', Date.parse('2026-11-19T16:59:59Z'))).toBe('2026-11-19')
  })
})
