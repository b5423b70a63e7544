import { z } from 'zod'
import { Money } from './campaign-plan.ts'
import { instant } from './shapes.ts'

export const Forecast = z
  .object({
    /** People the audience names, before any rule. */
    audience: z.number().int(),
    recipients: z.number().int(),
    skipped: z.array(z.object({ reason: z.string(), count: z.number().int() })),
    senders: z.array(
      z.object({
        senderId: z.string(),
        name: z.string(),
        status: z.string(),
        recipients: z.number().int(),
        endAt: instant.nullable(),
      }),
    ),
    startAt: instant,
    endAt: instant.nullable(),
    /** What the messages cost; null when every sender sends for free. `low` to `high` spans what is open: prices, windows, free entries. */
    cost: z.object({ low: Money, likely: Money, high: Money }).nullable(),
    /** Messages of the plan this month; null without a limit. */
    quota: z
      .object({
        limit: z.number().int(),
        used: z.number().int(),
        needed: z.number().int(),
        renewsAt: instant,
      })
      .nullable(),
    /** How the people are shared out in an experiment. */
    groups: z.array(z.object({ key: z.string(), people: z.number().int() })),
    /** The next five starts of a recurring campaign. */
    nextStarts: z.array(instant),
    /** What stands in the way of a start: codes with a text for people. */
    blockers: z.array(z.object({ code: z.string(), message: z.string() })),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    samples: z.array(z.object({ contactName: z.string(), text: z.string() })),
  })
  .meta({ id: 'Forecast' })
export type Forecast = z.output<typeof Forecast>
