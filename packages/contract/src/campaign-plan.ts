import { z } from 'zod'
import { currency, idOf, instant, timeZone } from './shapes.ts'

export const audienceRule = z.union([
  z.object({ kind: z.literal('everyone') }),
  z.object({ kind: z.literal('list'), id: idOf('lst') }),
  z.object({ kind: z.literal('tag'), id: idOf('tag') }),
  z.object({ kind: z.literal('segment'), id: idOf('seg') }),
  z.object({ kind: z.literal('contact'), id: idOf('con') }),
])

/** People for a campaign: any rule of `include`, and none of `exclude`. */
export const Audience = z
  .object({ include: z.array(audienceRule).max(500), exclude: z.array(audienceRule).max(500).default([]) })
  .meta({ id: 'Audience' })
export type Audience = z.output<typeof Audience>

const wallClock = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)

export const Schedule = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('now') }),
    /** `at` is a wall-clock time `2026-11-21T09:00` in `timeZone`. */
    z.object({ kind: z.literal('at'), at: wallClock, timeZone }),
    /** `at` on the clock of each recipient; where that has passed when the run starts, at once. */
    z.object({ kind: z.literal('recipient_local'), at: wallClock }),
    /** From `at` on, again and again by an RFC 5545 rule without DTSTART: `FREQ=WEEKLY;BYDAY=MO,TH`. Each time is a run of its own. */
    z.object({ kind: z.literal('recurring'), at: wallClock, timeZone, rule: z.string().min(6).max(500) }),
  ])
  .meta({ id: 'Schedule' })
export type Schedule = z.output<typeof Schedule>

export const Pacing = z
  .object({
    delayMsMin: z.number().int().min(0).max(600_000),
    delayMsMax: z.number().int().min(0).max(600_000),
  })
  .refine((p) => p.delayMsMin <= p.delayMsMax, {
    message: 'the shortest delay is longer than the longest',
    path: ['delayMsMin'],
  })
  .meta({ id: 'Pacing' })
export type Pacing = z.output<typeof Pacing>

/** What weighted rotation gives each sender; 0 leaves it out. A sender that is not named weighs 1. */
export const Weights = z.record(idOf('snd'), z.number().int().min(0).max(1000))
export type Weights = z.output<typeof Weights>

export const variantKeys = ['A', 'B', 'C', 'D', 'E', 'F'] as const

export const Variant = z.object({
  key: z.enum(variantKeys),
  /** Null: the message of the campaign itself. */
  templateId: idOf('tpl').nullable().default(null),
  /** Share among the variants, in proportion to the others. */
  weight: z.number().int().min(1).max(100).default(1),
  /** Minutes after the start, to compare times of the day. */
  delayMinutes: z.number().int().min(0).max(10_080).default(0),
})
export type Variant = z.output<typeof Variant>

/** A comparison of two to six variants, a group that gets nothing, or both. */
export const Experiment = z
  .object({
    /** Empty for a holdout alone. */
    variants: z.array(Variant).max(6).default([]),
    /** Percent of the people (but for the holdout) who get a variant now; the others wait for the winner. 100: everybody. */
    testSharePercent: z.number().int().min(1).max(100).default(100),
    /** Percent of the people who get nothing, to see what the campaign itself brings about. */
    holdoutPercent: z.number().int().min(0).max(50).default(0),
    goal: z.enum(['read', 'reply', 'click']).default('read'),
    /** `automatic`: the best variant if it is surely better when `decideAfterHours` have passed since the last variant began. */
    decide: z.enum(['automatic', 'manual']).default('manual'),
    decideAfterHours: z.number().int().min(1).max(168).default(24),
  })
  .refine(({ variants }) => variants.length !== 1, {
    message: 'one variant has nothing to be compared with',
    path: ['variants'],
  })
  .refine(({ variants }) => new Set(variants.map(({ key }) => key)).size === variants.length, {
    message: 'each variant needs a key of its own',
    path: ['variants'],
  })
  .refine(({ variants, holdoutPercent }) => variants.length > 0 || holdoutPercent > 0, {
    message: 'there is neither a variant nor a holdout group',
    path: ['variants'],
  })
  .meta({ id: 'Experiment' })
export type Experiment = z.output<typeof Experiment>

/** The most a run may cost. When the next message would exceed it, those who are left are skipped with `budget`. */
export const Budget = z.object({ amountMinor: z.number().int().min(0), currency }).meta({ id: 'Budget' })
export type Budget = z.output<typeof Budget>

/** Why marketing stands still on a sender or in a campaign. */
export const Halt = z
  .object({
    /** `guardian`, `sender_banned`, `account_stopped`, `template_rejected` or `restored`. */
    reason: z.string(),
    /** In plain words, in the language of the request, with the figures behind it. */
    text: z.string(),
    senderId: z.string().nullable(),
    since: instant,
    /** From when on a person may let it go on; null when that depends on something else than time. */
    until: instant.nullable(),
  })
  .meta({ id: 'Halt' })
export type Halt = z.output<typeof Halt>

/** Money in both currencies, minor units. */
export const Money = z
  .object({ idrMinor: z.number().int(), usdMinor: z.number().int() })
  .meta({ id: 'Money' })
export type Money = z.output<typeof Money>
