/** Groups, a `not` among them, may lie in each other so deep; a single rule has depth 1. */
export const segmentDepthMax = 8
/** Rules of one segment, groups not counted. */
export const segmentRulesMax = 50
/** Lists, tags or choices that one rule may name. */
export const segmentChoicesMax = 50
export const segmentTextLengthMax = 200
/** Ten years. */
export const segmentDaysMax = 3650

/** Fields that every contact has, with how their values compare. */
export const segmentFields = {
  fullName: 'text',
  firstName: 'text',
  lastName: 'text',
  email: 'text',
  company: 'text',
  language: 'choice',
  timeZone: 'choice',
  source: 'choice',
  active: 'yes_no',
  lastContactedAt: 'instant',
  createdAt: 'instant',
} as const

export type SegmentField = keyof typeof segmentFields
export const segmentFieldNames = Object.keys(segmentFields) as [SegmentField, ...SegmentField[]]

/** How values compare. `date` is a day of the calendar, `instant` a moment of which the workspace's day counts. */
export type SegmentValueType = 'text' | 'number' | 'date' | 'instant' | 'choice' | 'yes_no'

/** What a rule compares with: one text, one number, a day `2026-11-20`, from … to (both included), days, some of many. */
export type SegmentOperand =
  'none' | 'text' | 'number' | 'number_range' | 'date' | 'date_range' | 'days' | 'choices' | 'yes_no'

const presence = { is_set: 'none', is_not_set: 'none' } as const
const dates = {
  on: 'date',
  before: 'date',
  after: 'date',
  between: 'date_range',
  in_last_days: 'days',
  not_in_last_days: 'days',
  ...presence,
} as const

/**
 * The one table of what may be asked about a type of value, with what it is compared with. An operator with `not` finds
 * exactly those that its opposite does not, people without a value among them.
 */
export const segmentOperators = {
  text: {
    is: 'text',
    is_not: 'text',
    contains: 'text',
    not_contains: 'text',
    starts_with: 'text',
    ends_with: 'text',
    ...presence,
  },
  number: {
    equals: 'number',
    not_equals: 'number',
    less_than: 'number',
    at_most: 'number',
    more_than: 'number',
    at_least: 'number',
    between: 'number_range',
    ...presence,
  },
  date: { ...dates, in_next_days: 'days' },
  instant: dates,
  choice: { any_of: 'choices', none_of: 'choices', ...presence },
  yes_no: { is: 'yes_no', ...presence },
} as const satisfies Record<SegmentValueType, Record<string, SegmentOperand>>

type OperatorsOf<T> = T extends unknown ? keyof T : never
export type SegmentOperator = OperatorsOf<(typeof segmentOperators)[SegmentValueType]>
export const segmentOperatorNames = [
  ...new Set(Object.values(segmentOperators).flatMap((operators) => Object.keys(operators))),
] as [SegmentOperator, ...SegmentOperator[]]

export type SegmentValue = string | number | boolean | readonly string[] | readonly number[]

/** What became of messages to a contact. `sent` means that WhatsApp took one over. */
export const segmentActivities = ['sent', 'delivered', 'read', 'replied', 'clicked'] as const
export type SegmentActivity = (typeof segmentActivities)[number]

export const segmentConsents = ['unknown', 'granted', 'withdrawn'] as const
export type SegmentConsent = (typeof segmentConsents)[number]

/** One question about a contact. Every rule is true or false for everybody; nothing is unknown. */
export type SegmentCondition =
  | { kind: 'field'; field: SegmentField; operator: SegmentOperator; value?: SegmentValue | undefined }
  | { kind: 'custom'; fieldId: string; operator: SegmentOperator; value?: SegmentValue | undefined }
  /** In any of the lists, or with any of the tags; `none` is the opposite. */
  | { kind: 'list'; operator: 'any' | 'none'; ids: string[] }
  | { kind: 'tag'; operator: 'any' | 'none'; ids: string[] }
  | { kind: 'consent'; purpose: 'marketing'; states: SegmentConsent[] }
  | { kind: 'suppressed'; value: boolean }
  /** At least once (`did`) or never (`did_not`), within so many days or ever, in one campaign or in any. */
  | {
      kind: 'activity'
      activity: SegmentActivity
      operator: 'did' | 'did_not'
      withinDays: number | null
      campaignId: string | null
    }

export type SegmentRule =
  | { kind: 'all'; rules: SegmentRule[] }
  | { kind: 'any'; rules: SegmentRule[] }
  | { kind: 'not'; rule: SegmentRule }
  | SegmentCondition

/** Every condition of a rule with its place, in the order a reader meets them. */
export function conditionsOf(
  rule: SegmentRule,
  path: readonly (string | number)[] = [],
): { readonly path: readonly (string | number)[]; readonly condition: SegmentCondition }[] {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return rule.rules.flatMap((part, index) => conditionsOf(part, [...path, 'rules', index]))
    case 'not':
      return conditionsOf(rule.rule, [...path, 'rule'])
    default:
      return [{ path, condition: rule }]
  }
}
