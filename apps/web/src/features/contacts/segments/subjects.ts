import { segmentActivities, segmentFieldNames, segmentFields, segmentOperators } from '@siar/domain'
import type { SegmentCondition, SegmentOperator, SegmentValue, SegmentValueType } from '@siar/domain'

export type CustomField = {
  readonly id: string
  readonly label: string
  readonly type: Exclude<SegmentValueType, 'instant'>
  readonly choices: readonly string[]
}

/** A line about a field. */
export type Comparison = Extract<SegmentCondition, { kind: 'field' | 'custom' }>

/** What a line asks about: `tag`, `field:email`, `custom:fld_…`, `activity:read`. */
export const plainSubjects = ['tag', 'list', 'consent', 'suppressed'] as const
export const subjectNames: readonly string[] = [
  ...plainSubjects,
  ...segmentActivities.map((activity) => `activity:${activity}`),
  ...segmentFieldNames.map((field) => `field:${field}`),
]

export function subjectOf(condition: SegmentCondition): string {
  switch (condition.kind) {
    case 'field':
      return `field:${condition.field}`
    case 'custom':
      return `custom:${condition.fieldId}`
    case 'activity':
      return `activity:${condition.activity}`
    default:
      return condition.kind
  }
}

/** How the values of a field compare; null for what is no field, or a custom field that is gone. */
export function typeOf(
  condition: SegmentCondition,
  customFields: readonly CustomField[],
): SegmentValueType | null {
  if (condition.kind === 'field') return segmentFields[condition.field]
  if (condition.kind !== 'custom') return null
  return customFields.find(({ id }) => id === condition.fieldId)?.type ?? null
}

export const operatorsOf = (type: SegmentValueType): SegmentOperator[] =>
  Object.keys(segmentOperators[type]) as SegmentOperator[]

/** What stands in a line before anything is chosen. */
export function startOfValue(type: SegmentValueType, operator: SegmentOperator): SegmentValue | undefined {
  const operands: Readonly<Record<string, string>> = segmentOperators[type]
  switch (operands[operator]) {
    case 'choices':
      return []
    case 'days':
      return 30
    case 'yes_no':
      return true
    default:
      return undefined
  }
}

/** A fresh line about a subject. */
export function startOfCondition(subject: string, customFields: readonly CustomField[]): SegmentCondition {
  const [kind = '', name = ''] = subject.split(':')
  const activity = segmentActivities.find((one) => one === name)
  if (kind === 'activity' && activity)
    return { kind, activity, operator: 'did', withinDays: 30, campaignId: null }
  const field = segmentFieldNames.find((one) => one === name)
  if (kind === 'field' && field) return { kind, field, ...startOfComparison(segmentFields[field]) }
  const custom = customFields.find(({ id }) => id === name)
  if (kind === 'custom' && custom) return { kind, fieldId: custom.id, ...startOfComparison(custom.type) }
  if (kind === 'list') return { kind, operator: 'any', ids: [] }
  if (kind === 'consent') return { kind, purpose: 'marketing', states: ['granted'] }
  if (kind === 'suppressed') return { kind, value: false }
  return { kind: 'tag', operator: 'any', ids: [] }
}

function startOfComparison(type: SegmentValueType) {
  const preferred = { text: 'contains', instant: 'in_last_days', date: 'in_next_days' } as const
  const operator: SegmentOperator =
    type === 'text' || type === 'instant' || type === 'date'
      ? preferred[type]
      : (operatorsOf(type)[0] ?? 'is_set')
  const value = startOfValue(type, operator)
  return value === undefined ? { operator } : { operator, value }
}
