import { z } from 'zod'
import { Money, variantKeys } from './campaign-plan.ts'
import { instant } from './shapes.ts'

/** sent counts accepted and everything further; total = queued + skipped + sent + failed + unknown + cancelled. */
export const CampaignFigures = z
  .object({
    total: z.number().int(),
    queued: z.number().int(),
    skipped: z.number().int(),
    sent: z.number().int(),
    delivered: z.number().int(),
    read: z.number().int(),
    replied: z.number().int(),
    /** People who followed a tracked link. */
    clicked: z.number().int(),
    failed: z.number().int(),
    unknown: z.number().int(),
    cancelled: z.number().int(),
  })
  .meta({ id: 'CampaignFigures' })
export type CampaignFigures = z.output<typeof CampaignFigures>

/** A share with its 95 % interval, 0–1. */
const Share = z.object({ value: z.number(), low: z.number(), high: z.number() })

export const VariantReport = z.object({
  key: z.string(),
  /** The template behind it; null for the message of the campaign itself. */
  templateName: z.string().nullable(),
  people: z.number().int(),
  sent: z.number().int(),
  delivered: z.number().int(),
  read: z.number().int(),
  replied: z.number().int(),
  clicked: z.number().int(),
  /** Of those sent to in the test, how many did what the goal asks after the same time in each variant; null when nothing was sent. */
  goal: Share.nullable(),
})

export const ExperimentReport = z
  .object({
    goal: z.enum(['read', 'reply', 'click']),
    /** `waiting`: not enough data yet. `clear`: one is surely better. `open`: enough data, no sure difference. `decided`: the rest got `winner`. */
    state: z.enum(['waiting', 'open', 'clear', 'decided']),
    /** The one that is best so far, once that is sure. */
    leader: z.enum(variantKeys).nullable(),
    /** About how many more people each variant needs before it can be told; null when that is known already. */
    moreNeeded: z.number().int().nullable(),
    winner: z.enum(variantKeys).nullable(),
    decidedAt: instant.nullable(),
    /** The id of who chose it; `automatic` for the planned look. */
    decidedBy: z.string().nullable(),
    /** When an automatic decision is looked at; null when a person decides. */
    decidesAt: instant.nullable(),
    /** People who wait for the winner. */
    waiting: z.number().int(),
    variants: z.array(VariantReport),
    /**
     * What the campaign itself brought about: those who wrote to the shop since the start, of those whose turn to get it has come (`sent`;
     * who was skipped or refused then counts too) against held out. Null without a holdout.
     */
    lift: z
      .object({ sent: Share, held: Share, people: z.number().int(), difference: Share, isSure: z.boolean() })
      .nullable(),
  })
  .meta({ id: 'ExperimentReport' })
export type ExperimentReport = z.output<typeof ExperimentReport>

/** Which run a report is about. */
const RunSummary = z.object({
  id: z.string(),
  number: z.number().int(),
  status: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
})

export const CampaignReport = z
  .object({
    run: RunSummary.nullable(),
    figures: CampaignFigures,
    skipped: z.array(z.object({ reason: z.string(), text: z.string(), count: z.number().int() })),
    failed: z.array(z.object({ reason: z.string(), text: z.string(), count: z.number().int() })),
    senders: z.array(
      z.object({
        senderId: z.string(),
        name: z.string(),
        sent: z.number().int(),
        delivered: z.number().int(),
        read: z.number().int(),
        failed: z.number().int(),
      }),
    ),
    /** Events in equal steps from the start to the last event. */
    timeline: z.array(
      z.object({
        at: instant,
        sent: z.number().int(),
        delivered: z.number().int(),
        read: z.number().int(),
      }),
    ),
    experiment: ExperimentReport.nullable(),
    links: z.array(z.object({ url: z.string(), clicks: z.number().int(), people: z.number().int() })),
    /** What it has cost so far, as far as the channel's prices are known; null when nothing is charged. */
    cost: Money.nullable(),
    /** What was foretold at the start beside what came; null for runs from before there was one. */
    forecast: z
      .object({
        recipients: z.object({ foretold: z.number().int(), actual: z.number().int() }),
        skipped: z.object({ foretold: z.number().int(), actual: z.number().int() }),
        endAt: z.object({ foretold: instant.nullable(), actual: instant.nullable() }),
        cost: z.object({ low: Money, likely: Money, high: Money, actual: Money }).nullable(),
      })
      .nullable(),
    /** Why people went to the sender they went to, as the routing recorded it. */
    routes: z.array(z.object({ reason: z.string(), text: z.string(), count: z.number().int() })),
  })
  .meta({ id: 'CampaignReport' })
export type CampaignReport = z.output<typeof CampaignReport>
export const CampaignRun = RunSummary.extend({
  /** The time of a recurring campaign it is for. */
  occurrenceAt: instant.nullable(),
  /** Why the occurrence sent nothing, in plain words; null when it went as planned. */
  note: z.string().nullable(),
  figures: CampaignFigures,
}).meta({
  id: 'CampaignRun',
})
export type CampaignRun = z.output<typeof CampaignRun>
