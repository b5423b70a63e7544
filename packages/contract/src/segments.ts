import {
  segmentActivities,
  segmentChoicesMax,
  segmentConsents,
  segmentDaysMax,
  segmentDepthMax,
  segmentFieldNames,
  segmentOperatorNames,
  segmentRulesMax,
  segmentTextLengthMax,
} from '@siar/domain'
import type { SegmentRule as Rule } from '@siar/domain'
import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { idOf, instant, listOf, noContent } from './shapes.ts'

const text = z.string().max(segmentTextLengthMax)

/** What a field is compared with: as the operator asks, nothing, a text, a number, a day, from and to, days, choices, or yes and no. */
const value = z
  .union([text, z.number(), z.boolean(), z.array(text).max(segmentChoicesMax), z.array(z.number()).max(2)])
  .optional()
const operator = z.enum(segmentOperatorNames)

const conditions = [
  z.object({ kind: z.literal('field'), field: z.enum(segmentFieldNames), operator, value }),
  z.object({ kind: z.literal('custom'), fieldId: idOf('fld'), operator, value }),
  z.object({
    kind: z.literal('list'),
    operator: z.enum(['any', 'none']),
    ids: z.array(idOf('lst')).max(segmentChoicesMax),
  }),
  z.object({
    kind: z.literal('tag'),
    operator: z.enum(['any', 'none']),
    ids: z.array(idOf('tag')).max(segmentChoicesMax),
  }),
  z.object({
    kind: z.literal('consent'),
    purpose: z.literal('marketing'),
    states: z.array(z.enum(segmentConsents)).max(segmentConsents.length),
  }),
  z.object({ kind: z.literal('suppressed'), value: z.boolean() }),
  z.object({
    kind: z.literal('activity'),
    activity: z.enum(segmentActivities),
    /** `did_not` without days: never. */
    operator: z.enum(['did', 'did_not']),
    /** Days back from today on the workspace's calendar; null: ever. */
    withinDays: z.number().int().min(1).max(segmentDaysMax).nullable().default(null),
    /** Null: in any campaign. */
    campaignId: idOf('cmp').nullable().default(null),
  }),
] as const

const nested = z.lazy((): z.ZodType<Rule, Rule> => SavedRule)

const treeOfRules = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('all'), rules: z.array(nested).max(segmentRulesMax) }),
    z.object({ kind: z.literal('any'), rules: z.array(nested).max(segmentRulesMax) }),
    z.object({ kind: z.literal('not'), rule: nested }),
    ...conditions,
  ])
  .meta({ id: 'SegmentRule' })

const SavedRule = treeOfRules as unknown as z.ZodType<Rule, Rule>

/** Where a schema calls itself, the depth of what it is given must be known first. */
function isShallow(tree: unknown, levels = segmentDepthMax): boolean {
  if (typeof tree !== 'object' || tree === null) return true
  const { rule, rules } = tree as { rule?: unknown; rules?: unknown }
  const inner = Array.isArray(rules) ? [rule, ...(rules as unknown[])] : [rule]
  return levels > 0 && inner.every((one) => isShallow(one, levels - 1))
}

/** Who belongs to a segment: conditions, joined by `all`, `any` and `not`, at most eight deep. */
export const SegmentRule = z.preprocess(
  (tree, context) => {
    if (isShallow(tree)) return tree
    context.issues.push({
      code: 'custom',
      message: `groups may be nested at most ${segmentDepthMax} deep`,
      input: tree,
    })
    return z.NEVER
  },
  treeOfRules as unknown as z.ZodType<Rule, Rule>,
)
export type SegmentRule = Rule

export const Segment = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    rule: SavedRule,
    /** Rules that name something that is gone; such a segment finds nobody until they are mended. */
    problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Segment' })
export type Segment = z.output<typeof Segment>

const SegmentPerson = z.object({
  id: z.string(),
  fullName: z.string(),
  phone: z.string().nullable(),
  marketingConsent: z.enum(segmentConsents),
  lastContactedAt: instant.nullable(),
})

export const SegmentPreview = z
  .object({
    contacts: z.number().int(),
    /** Some of them, the newest first. */
    sample: z.array(SegmentPerson),
  })
  .meta({ id: 'SegmentPreview' })
export type SegmentPreview = z.output<typeof SegmentPreview>

const name = z.string().trim().min(1).max(120)
const description = z.string().trim().max(500)
const params = z.object({ segmentId: idOf('seg') })

export const segmentOperations = {
  list: defineOperation({
    id: 'segments.list',
    method: 'GET',
    path: '/api/v1/segments',
    summary: 'Segments: saved rules about contacts',
    access: 'workspace.read',
    response: listOf(Segment),
  }),
  get: defineOperation({
    id: 'segments.get',
    method: 'GET',
    path: '/api/v1/segments/:segmentId',
    summary: 'One segment',
    access: 'workspace.read',
    params,
    response: Segment,
  }),
  create: defineOperation({
    id: 'segments.create',
    method: 'POST',
    path: '/api/v1/segments',
    summary: 'Save a rule as a segment',
    access: 'contacts.write',
    body: z.object({ name, description: description.default(''), rule: SegmentRule }),
    status: 201,
    response: Segment,
  }),
  update: defineOperation({
    id: 'segments.update',
    method: 'PATCH',
    path: '/api/v1/segments/:segmentId',
    summary: 'Change a segment; campaigns that have not started follow the new rule',
    access: 'contacts.write',
    params,
    body: z.object({
      name: name.optional(),
      description: description.optional(),
      rule: SegmentRule.optional(),
    }),
    response: Segment,
  }),
  remove: defineOperation({
    id: 'segments.remove',
    method: 'DELETE',
    path: '/api/v1/segments/:segmentId',
    summary: 'Delete a segment; the contacts stay',
    access: 'contacts.write',
    params,
    status: 204,
    response: noContent,
  }),
  preview: defineOperation({
    id: 'segments.preview',
    method: 'POST',
    path: '/api/v1/segments/preview',
    summary: 'Whom a rule finds now: how many, and some of them; nothing is saved',
    access: 'workspace.read',
    body: z.object({ rule: SegmentRule, sample: z.number().int().min(0).max(50).default(5) }),
    response: SegmentPreview,
  }),
} as const
