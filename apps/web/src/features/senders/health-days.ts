import type { Sender } from '@siar/contract'

type Day = Sender['health']['days'][number]

export const outcomeParts = ['read', 'delivered', 'sent', 'unknown', 'failed'] as const

/** Splits a day so that each message is counted once: `delivered` without those read, `sent` without those delivered. */
export function splitDay(day: Day): Record<(typeof outcomeParts)[number], number> {
  return {
    read: day.read,
    delivered: Math.max(0, day.delivered - day.read),
    sent: Math.max(0, day.accepted - day.delivered),
    unknown: day.unknown,
    failed: day.refused,
  }
}

const dayMs = 86_400_000

/** The `count` days up to `today` (`2026-11-20`), oldest first; days on which nothing happened are zeros. */
export function fillDays(days: readonly Day[], today: string, count: number): Day[] {
  const known = new Map(days.map((day) => [day.day, day]))
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(`${today}T00:00:00Z`) - (count - 1 - index) * dayMs)
      .toISOString()
      .slice(0, 10)
    return known.get(day) ?? { day, ...nothing }
  })
}

const nothing = {
  accepted: 0,
  delivered: 0,
  read: 0,
  refused: 0,
  unknown: 0,
  replies: 0,
  optOuts: 0,
  blocks: 0,
}
