import { dateOfDay, instantOfDay, segmentToday } from '@siar/domain'
import type { SegmentActivity, SegmentCondition, SegmentRule, SegmentValue } from '@siar/domain'

/** What a rule may ask about one person, as a test made it. */
export interface KnownPerson {
  readonly id: string
  readonly fields: Readonly<Record<string, string | boolean | Date | null>>
  /** By the id of the field. */
  readonly custom: Readonly<Record<string, string | number | boolean>>
  readonly listIds: readonly string[]
  readonly tagIds: readonly string[]
  readonly consent: string
  readonly isSuppressed: boolean
  readonly messages: readonly ({ readonly campaignId: string } & Partial<Record<SegmentActivity, Date>>)[]
}

export interface Clock {
  readonly now: Date
  readonly timeZone: string
}

/** Whether a rule finds a person, by plain reading: the yardstick for what the database answers. */
export function isFound(rule: SegmentRule, person: KnownPerson, clock: Clock): boolean {
  if (rule.kind === 'all') return rule.rules.every((part) => isFound(part, person, clock))
  if (rule.kind === 'any') return rule.rules.some((part) => isFound(part, person, clock))
  if (rule.kind === 'not') return !isFound(rule.rule, person, clock)
  return holds(rule, person, clock)
}

function holds(condition: SegmentCondition, person: KnownPerson, clock: Clock): boolean {
  switch (condition.kind) {
    case 'field':
      return compares(condition, person.fields[condition.field] ?? null, clock)
    case 'custom':
      return compares(condition, person.custom[condition.fieldId] ?? null, clock)
    case 'list':
      return condition.ids.some((id) => person.listIds.includes(id)) === (condition.operator === 'any')
    case 'tag':
      return condition.ids.some((id) => person.tagIds.includes(id)) === (condition.operator === 'any')
    case 'consent':
      return condition.states.some((state) => state === person.consent)
    case 'suppressed':
      return person.isSuppressed === condition.value
    case 'activity':
      return did(condition, person, clock) === (condition.operator === 'did')
  }
}

function did(
  { activity, withinDays, campaignId }: Extract<SegmentCondition, { kind: 'activity' }>,
  { messages }: KnownPerson,
  { now, timeZone }: Clock,
): boolean {
  const since =
    withinDays === null
      ? new Date(0)
      : instantOfDay(timeZone, segmentToday(timeZone, now.getTime()) - withinDays)
  return messages.some((message) => {
    const at = message[activity]
    return at !== undefined && at >= since && (campaignId === null || message.campaignId === campaignId)
  })
}

const opposites: Readonly<Record<string, string>> = {
  is_not: 'is',
  not_contains: 'contains',
  not_equals: 'equals',
  none_of: 'any_of',
  not_in_last_days: 'in_last_days',
  is_not_set: 'is_set',
}

type Stored = string | number | boolean | Date | null

function compares(
  { operator, value }: { readonly operator: string; readonly value?: SegmentValue | undefined },
  stored: Stored,
  clock: Clock,
): boolean {
  const opposite = opposites[operator]
  if (opposite) return !compares({ operator: opposite, value }, stored, clock)
  const isThere = stored !== null && stored !== ''
  if (operator === 'is_set') return isThere
  if (stored === null) return false
  if (operator === 'any_of') return (value as readonly string[]).includes(stored as string)
  if (typeof stored === 'boolean') return stored === value
  if (typeof stored === 'number') return comparesNumber(operator, value, stored)
  if (stored instanceof Date || /day|^(on|before|after|between)$/.test(operator))
    return comparesDay(operator, value, stored, clock)
  return comparesText(operator, String(value).toLowerCase(), stored.toLowerCase())
}

function comparesText(operator: string, wanted: string, stored: string): boolean {
  if (operator === 'is') return stored === wanted
  if (operator === 'contains') return stored.includes(wanted)
  return operator === 'starts_with' ? stored.startsWith(wanted) : stored.endsWith(wanted)
}

function comparesNumber(operator: string, value: SegmentValue | undefined, stored: number): boolean {
  const [from, to] = Array.isArray(value) ? (value as readonly number[]) : [Number(value)]
  if (from === undefined) return false
  if (operator === 'equals') return stored === from
  if (operator === 'less_than') return stored < from
  if (operator === 'at_most') return stored <= from
  if (operator === 'more_than') return stored > from
  return stored >= from && (operator === 'at_least' || stored <= (to ?? Number.NaN))
}

function comparesDay(
  operator: string,
  value: SegmentValue | undefined,
  stored: string | number | Date,
  { now, timeZone }: Clock,
): boolean {
  const day = stored instanceof Date ? dateOfDay(segmentToday(timeZone, stored.getTime())) : String(stored)
  const today = segmentToday(timeZone, now.getTime())
  const [first = '', last = ''] = Array.isArray(value) ? (value as readonly string[]) : [String(value)]
  if (operator === 'on') return day === first
  if (operator === 'before') return day < first
  if (operator === 'after') return day > first
  if (operator === 'between') return day >= first && day <= last
  if (operator === 'in_last_days') return day >= dateOfDay(today - Number(value)) && day <= dateOfDay(today)
  return day >= dateOfDay(today) && day <= dateOfDay(today + Number(value))
}
