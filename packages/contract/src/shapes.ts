import { z } from 'zod'

/** An instant in ISO 8601, UTC. */
export const instant = z.string().meta({ format: 'date-time', example: '2026-11-20T03:00:00.000Z' })

/** An id such as `con_019…`; the prefix tells the kind. */
export const idOf = <const P extends string>(prefix: P) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`), { message: `must be an id that begins with ${prefix}_` })

export const language = z.enum(['id', 'en'])
export const timeZone = z.string().min(1).max(64).refine(isTimeZone, { message: 'must be an IANA time zone' })
export const currency = z.enum(['IDR', 'USD'])

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

/** Cursor pages: pass `nextCursor` of one answer as `cursor` of the next request. */
export const pageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() })

export const listOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item) })

export const noContent = z.undefined()

/** `true`/`false` in a query string. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** `application/problem+json` (RFC 9457), the shape of every error. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    /** What was wrong with which field. */
    issues: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          /** A stable code, where the field has one. */
          code: z.string().optional(),
        }),
      )
      .optional(),
    /** Facts of the code, such as limits or the status something is in. */
    details: z.record(z.string(), z.unknown()).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.output<typeof Problem>
