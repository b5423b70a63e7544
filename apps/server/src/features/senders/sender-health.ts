import type { SenderSettings } from '@siar/contract'
import type { SenderHealth } from '@siar/contract'
import { dailyAllowance, localDayNumber, numberAgeDays, warmUpAllowance } from '@siar/domain'
import type { SenderStatus } from '@siar/domain'
import type { z } from 'zod'

export type Health = z.output<typeof SenderHealth>
export type HealthDay = Health['days'][number]

/** Everything health is told from; pure, so that the same facts give the same health. */
export interface HealthFacts {
  readonly nowAtMs: number
  /** IANA zone of the workspace: its day is the sender's day. */
  readonly zone: string
  readonly status: SenderStatus
  readonly settings: SenderSettings
  /** Neither caps nor warm-up hold: the official channel, and a simulator that is not told to obey limits. */
  readonly skipsLimits: boolean
  /** The age of the number counts from here; null before it is known. */
  readonly numberSinceAtMs: number | null
  /** Newest last; at most the days that count, today included. */
  readonly days: readonly HealthDay[]
  readonly sentThisHour: number
}

/** Days that are shown and that the score is made from. */
export const healthDays = 14

/** Fewer messages than this say nothing about a number. */
const sentMin = 20

/** A share above `from` costs points, in proportion, until at `to` all of `points` are gone. */
interface Burden {
  readonly reason: string
  readonly count: (sum: Omit<HealthDay, 'day'>) => number
  readonly from: number
  readonly to: number
  readonly points: number
}

const burdens: readonly Burden[] = [
  { reason: 'blocks_high', count: (sum) => sum.blocks, from: 0.003, to: 0.02, points: 50 },
  { reason: 'opt_outs_high', count: (sum) => sum.optOuts, from: 0.01, to: 0.05, points: 30 },
  { reason: 'refusals_high', count: (sum) => sum.refused, from: 0.05, to: 0.3, points: 35 },
  {
    reason: 'undelivered_high',
    count: (sum) => Math.max(0, sum.accepted - sum.delivered),
    from: 0.3,
    to: 0.8,
    points: 20,
  },
  { reason: 'unknown_high', count: (sum) => sum.unknown, from: 0.02, to: 0.2, points: 15 },
]

const statusReasons: Readonly<Partial<Record<SenderStatus, string>>> = {
  restricted: 'restricted',
  banned: 'banned',
  logged_out: 'logged_out',
  offline: 'offline',
}

function sumOf(days: readonly HealthDay[]): Omit<HealthDay, 'day'> {
  const sum = {
    accepted: 0,
    delivered: 0,
    read: 0,
    refused: 0,
    unknown: 0,
    replies: 0,
    optOuts: 0,
    blocks: 0,
  }
  for (const day of days) {
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += day[key]
  }
  return sum
}

function judge(days: readonly HealthDay[]): { score: number | null; reasons: string[] } {
  const sum = sumOf(days)
  const sent = sum.accepted + sum.refused + sum.unknown
  if (sent < sentMin) return { score: null, reasons: [] }
  let score = 100
  const reasons: string[] = []
  for (const { reason, count, from, to, points } of burdens) {
    const weight = Math.min(1, Math.max(0, (count(sum) / sent - from) / (to - from)))
    score -= weight * points
    if (weight > 0) reasons.push(reason)
  }
  if (sum.replies / sent >= 0.05 && reasons.length === 0) reasons.push('replies_good')
  return { score: Math.max(0, Math.round(score)), reasons }
}

/**
 * How a sender is doing: a score from what people did with its messages in the last days, and today's room.
 *
 * `reasons` are stable codes, gravest first, for the dashboard to say in words: blocks_high, opt_outs_high, refusals_high,
 * undelivered_high, unknown_high, replies_good, warming_up, restricted, banned, logged_out, offline.
 * Source: channels.md §6, product.md S3.
 */
export function healthOf(facts: HealthFacts): Health {
  const { nowAtMs, zone, status, settings, skipsLimits, numberSinceAtMs, days } = facts
  const today = days.find((day) => day.day === dayOf(zone, nowAtMs))
  const warmsUp = settings.warmUp && !skipsLimits && numberSinceAtMs !== null
  const age = numberSinceAtMs === null ? 0 : numberAgeDays(numberSinceAtMs, nowAtMs, zone)
  const cap = warmsUp ? warmUpAllowance(age) : null
  const { score, reasons } = judge(days)
  const own = statusReasons[status]
  const use = {
    pacing: settings,
    sentThisHour: 0,
    sentToday: 0,
    numberSinceAtMs: warmsUp ? numberSinceAtMs : null,
  }
  return {
    score: status === 'banned' ? 0 : score,
    reasons: [...(own ? [own] : []), ...reasons, ...(cap === null ? [] : ['warming_up'])],
    today: {
      used: (today?.accepted ?? 0) + (today?.unknown ?? 0),
      allowed: skipsLimits ? null : dailyAllowance(use, zone, nowAtMs),
    },
    hour: { used: facts.sentThisHour, allowed: skipsLimits ? null : settings.hourlyCap },
    warmUp: { active: cap !== null, day: age, cap },
    days: [...days],
  }
}

/** The workspace's calendar day at an instant: `2026-11-20`. */
export function dayOf(zone: string, atMs: number): string {
  return new Date(localDayNumber(zone, atMs) * 86_400_000).toISOString().slice(0, 10)
}
