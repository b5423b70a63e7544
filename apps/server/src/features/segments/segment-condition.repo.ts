import {
  assertNever,
  dateOfDay,
  instantOfDay,
  segmentDayRange,
  segmentFields,
  segmentToday,
} from '@siar/domain'
import type { SegmentCondition, SegmentField, SegmentValue, SegmentValueType } from '@siar/domain'

/** What a rule means at one instant in one workspace. */
export interface SegmentContext {
  readonly now: Date
  /** The workspace's: its days count. */
  readonly timeZone: string
  readonly customFields: ReadonlyMap<
    string,
    { readonly key: string; readonly type: Exclude<SegmentValueType, 'instant'> }
  >
  /** Tags and lists with so many people that a bit of each person is tested, see `membership_bits`; of the others the members are joined. */
  readonly largeGroupIds: ReadonlySet<string>
}

/** Gives a value its place among the values of the statement: `$8`. */
export type AddValue = (value: unknown) => string

/** Either a test of one row of `contacts c`, never null, or a set: SQL that gives each `contact_id`, once if `isUnique`. */
export type ConditionSql =
  | { readonly kind: 'test'; readonly sql: string }
  | { readonly kind: 'set'; readonly sql: string; readonly isUnique: boolean; readonly isIn: boolean }

const columns: Readonly<Record<SegmentField, string>> = {
  fullName: 'c.full_name',
  firstName: 'c.first_name',
  lastName: 'c.last_name',
  email: 'c.email',
  company: 'c.company',
  language: 'c.language',
  timeZone: 'c.time_zone',
  source: 'c.source',
  active: 'c.active',
  lastContactedAt: 'c.last_contacted_at',
  createdAt: 'c.created_at',
}

const activityColumns = {
  sent: 'accepted_at',
  delivered: 'delivered_at',
  read: 'read_at',
  replied: 'replied_at',
  clicked: 'clicked_at',
} as const

/**
 * One condition as SQL. Every value travels as a parameter; what stands in the text is chosen from the tables above.
 * `$1` is the workspace.
 */
export function conditionSql(
  condition: SegmentCondition,
  context: SegmentContext,
  add: AddValue,
): ConditionSql {
  switch (condition.kind) {
    case 'field':
      return test(
        comparisonSql(segmentFields[condition.field], columns[condition.field], condition, context, add),
      )
    case 'custom':
      return test(customSql(condition, context, add))
    case 'list':
      return membershipSql('list_members', 'list_id', condition, context, add)
    case 'tag':
      return membershipSql('contact_tags', 'tag_id', condition, context, add)
    case 'consent':
      return test(`c.marketing_consent ${oneOf(condition.states, add)}`)
    case 'suppressed':
      return { kind: 'set', sql: suppressedSql, isUnique: false, isIn: condition.value }
    case 'activity':
      return {
        kind: 'set',
        sql: activitySql(condition, context, add),
        isUnique: false,
        isIn: condition.operator === 'did',
      }
    default:
      return assertNever(condition)
  }
}

const test = (sql: string): ConditionSql => ({ kind: 'test', sql })

/** A single value is compared as such, which costs less for each person than to look through an array. */
function oneOf(values: readonly string[], add: AddValue): string {
  return values.length === 1 ? `= ${add(values[0])}::text` : `= any(${add(values)}::text[])`
}

type Membership = Extract<SegmentCondition, { kind: 'list' | 'tag' }>

function membershipSql(
  table: 'list_members' | 'contact_tags',
  column: 'list_id' | 'tag_id',
  condition: Membership,
  { largeGroupIds }: SegmentContext,
  add: AddValue,
): ConditionSql {
  const ids = [...new Set(condition.ids)]
  if (!ids.some((id) => largeGroupIds.has(id))) return setOf(table, column, { ...condition, ids }, add)
  const bits = ids.map((id) => `get_bit((select bits_of_group($1, ${add(id)})), c.number) > 0`)
  return test(`${condition.operator === 'none' ? 'not ' : ''}(${bits.join(' or ')})`)
}

/** Of one list the key makes each contact appear once; of several somebody may be in two. */
function setOf(
  table: 'list_members' | 'contact_tags',
  column: 'list_id' | 'tag_id',
  { operator, ids }: Pick<Membership, 'operator' | 'ids'>,
  add: AddValue,
): ConditionSql {
  const from = `from ${table} where workspace_id = $1 and ${column}`
  const isUnique = ids.length === 1
  const chosen = isUnique ? add(ids[0]) : `any(${add(ids)}::text[])`
  return { kind: 'set', sql: `select contact_id ${from} = ${chosen}`, isUnique, isIn: operator === 'any' }
}

const suppressedSql = `select a.contact_id from suppressions s
  join addresses a on a.workspace_id = s.workspace_id and a.kind = s.kind and a.value = s.value
  where s.workspace_id = $1`

function activitySql(
  { activity, withinDays, campaignId }: Extract<SegmentCondition, { kind: 'activity' }>,
  { now, timeZone }: SegmentContext,
  add: AddValue,
): string {
  const column = `r.${activityColumns[activity]}`
  const since =
    withinDays === null
      ? `${column} is not null`
      : `${column} >= ${add(instantOfDay(timeZone, segmentToday(timeZone, now.getTime()) - withinDays))}::timestamptz`
  const of =
    campaignId === null
      ? ''
      : `and r.run_id = any(array(select id from runs where workspace_id = $1 and campaign_id = ${add(campaignId)}))`
  return `select r.contact_id from recipients r where r.workspace_id = $1 and ${since} ${of}`
}

function customSql(
  condition: Extract<SegmentCondition, { kind: 'custom' }>,
  context: SegmentContext,
  add: AddValue,
): string {
  const field = context.customFields.get(condition.fieldId)
  if (!field) return 'false'
  const key = add(field.key)
  const text = `(c.custom ->> ${key}::text)`
  const typed: Readonly<Record<typeof field.type, string>> = {
    text,
    choice: text,
    date: `${text} collate "C"`,
    number: `case when jsonb_typeof(c.custom -> ${key}::text) = 'number' then ${text}::numeric end`,
    yes_no: `case when jsonb_typeof(c.custom -> ${key}::text) = 'boolean' then ${text}::boolean end`,
  }
  return comparisonSql(field.type, typed[field.type], condition, context, add)
}

interface Comparison {
  readonly operator: Extract<SegmentCondition, { kind: 'field' }>['operator']
  readonly value?: SegmentValue | undefined
}

/** A value that is not there fits no question but `is_not_set` and those with `not`. */
function comparisonSql(
  type: SegmentValueType,
  value: string,
  comparison: Comparison,
  context: SegmentContext,
  add: AddValue,
): string {
  const { operator } = comparison
  if (operator === 'is_set' || operator === 'is_not_set') {
    const isSet =
      type === 'text' || type === 'choice' ? `coalesce(${value}, '') <> ''` : `(${value}) is not null`
    return operator === 'is_set' ? isSet : `not (${isSet})`
  }
  const negated = negatives[operator]
  const sql = positiveSql(type, value, { ...comparison, operator: negated ?? operator }, context, add)
  return negated ? `not coalesce(${sql}, false)` : `coalesce(${sql}, false)`
}

const negatives: Partial<Record<Comparison['operator'], Comparison['operator']>> = {
  is_not: 'is',
  not_contains: 'contains',
  not_equals: 'equals',
  none_of: 'any_of',
  not_in_last_days: 'in_last_days',
}

function positiveSql(
  type: SegmentValueType,
  value: string,
  { operator, value: wanted }: Comparison,
  context: SegmentContext,
  add: AddValue,
): string {
  switch (type) {
    case 'text':
      return textSql(operator, value, `lower(${add(wanted)}::text)`)
    case 'number':
      return numberSql(operator, value, wanted, add)
    case 'date':
    case 'instant':
      return daySql(type, value, { operator, value: wanted }, context, add)
    case 'choice':
      return `${value} ${oneOf(wanted as readonly string[], add)}`
    case 'yes_no':
      return `(${value}) = ${add(wanted)}::boolean`
    default:
      return assertNever(type)
  }
}

/** Capitals make no difference. */
function textSql(operator: Comparison['operator'], value: string, wanted: string): string {
  if (operator === 'is') return `lower(${value}) = ${wanted}`
  if (operator === 'contains') return `strpos(lower(${value}), ${wanted}) > 0`
  if (operator === 'starts_with') return `starts_with(lower(${value}), ${wanted})`
  if (operator === 'ends_with') return `right(lower(${value}), length(${wanted})) = ${wanted}`
  throw new Error(`${operator} asks about no text`)
}

const signs: Partial<Record<Comparison['operator'], string>> = {
  equals: '=',
  less_than: '<',
  at_most: '<=',
  more_than: '>',
  at_least: '>=',
}

function numberSql(
  operator: Comparison['operator'],
  value: string,
  wanted: SegmentValue | undefined,
  add: AddValue,
): string {
  if (Array.isArray(wanted)) {
    const [from, to] = wanted as readonly number[]
    return `(${value}) between ${add(from)}::numeric and ${add(to)}::numeric`
  }
  const sign = signs[operator]
  if (!sign) throw new Error(`${operator} asks about no number`)
  return `(${value}) ${sign} ${add(wanted)}::numeric`
}

function daySql(
  type: 'date' | 'instant',
  value: string,
  comparison: Comparison,
  { now, timeZone }: SegmentContext,
  add: AddValue,
): string {
  const range = segmentDayRange(comparison.operator, comparison.value, segmentToday(timeZone, now.getTime()))
  const end = (day: number) =>
    type === 'date' ? `${add(dateOfDay(day))}::text` : `${add(instantOfDay(timeZone, day))}::timestamptz`
  const parts = [
    ...(range.from === null ? [] : [`${value} >= ${end(range.from)}`]),
    ...(range.until === null ? [] : [`${value} < ${end(range.until)}`]),
  ]
  return `(${parts.join(' and ')})`
}
