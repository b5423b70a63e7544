import { assertNever } from '../assert-never.ts'
import type { FieldProblem } from '../errors.ts'
import {
  segmentChoicesMax,
  segmentDaysMax,
  segmentDepthMax,
  segmentFields,
  segmentOperators,
  segmentRulesMax,
  segmentTextLengthMax,
} from './segment-rule.ts'
import type {
  SegmentCondition,
  SegmentOperand,
  SegmentRule,
  SegmentValue,
  SegmentValueType,
} from './segment-rule.ts'

/** What a workspace has that rules may name. */
export interface SegmentVocabulary {
  readonly customFields: ReadonlyMap<
    string,
    { readonly type: Exclude<SegmentValueType, 'instant'>; readonly choices: readonly string[] }
  >
  readonly listIds: ReadonlySet<string>
  readonly tagIds: ReadonlySet<string>
  readonly campaignIds: ReadonlySet<string>
}

/** Why a rule cannot be used; codes are for screens, messages for readers of the API. */
export const segmentProblems = {
  segment_too_deep: `groups may be nested at most ${segmentDepthMax} deep`,
  segment_too_large: `a segment may have at most ${segmentRulesMax} rules`,
  segment_group_empty: 'a group needs at least one rule',
  segment_operator_unfit: 'this cannot be asked about this kind of field',
  segment_value_missing: 'a value is missing',
  segment_value_unfit: 'this value does not fit the question',
  segment_value_too_long: `a text may have at most ${segmentTextLengthMax} characters`,
  segment_days_unfit: `days must be a whole number from 1 to ${segmentDaysMax}`,
  segment_range_reversed: 'the first value is above the second',
  segment_choice_unknown: 'this field has no such choice',
  segment_choices_unfit: `name 1 to ${segmentChoicesMax} choices`,
  segment_field_unknown: 'there is no such field',
  segment_list_unknown: 'there is no such list',
  segment_tag_unknown: 'there is no such tag',
  segment_campaign_unknown: 'there is no such campaign',
} as const

export type SegmentProblemCode = keyof typeof segmentProblems

/**
 * Judges a rule against what the workspace has.
 *
 * Pure, and safe with hostile trees: depth and size are judged before anything is walked into.
 *
 * @returns Every problem with the path of its rule (`rule.rules.0.value`); empty when the rule can be compiled.
 */
export function problemsOfSegment(rule: SegmentRule, vocabulary: SegmentVocabulary): FieldProblem[] {
  const problems: FieldProblem[] = []
  const say = (path: string, code: SegmentProblemCode) => {
    problems.push({ path, message: segmentProblems[code], code })
  }
  let rules = 0
  const visit = (part: SegmentRule, path: string, depth: number): void => {
    if (depth > segmentDepthMax) return say(path, 'segment_too_deep')
    if (part.kind === 'not') return visit(part.rule, `${path}.rule`, depth + 1)
    if (part.kind !== 'all' && part.kind !== 'any') {
      rules += 1
      const found = problemOfCondition(part, vocabulary)
      if (found) say(path + found.at, found.code)
      return
    }
    if (part.rules.length === 0) return say(path, 'segment_group_empty')
    if (part.rules.length > segmentRulesMax) return say(path, 'segment_too_large')
    for (const [index, inner] of part.rules.entries()) {
      if (rules > segmentRulesMax) return
      visit(inner, `${path}.rules.${index}`, depth + 1)
    }
  }
  visit(rule, 'rule', 1)
  if (rules > segmentRulesMax) say('rule', 'segment_too_large')
  return problems
}

interface Found {
  /** Behind the path of the condition: `.value`. */
  readonly at: string
  readonly code: SegmentProblemCode
}

const at = (part: string, code: SegmentProblemCode): Found => ({ at: `.${part}`, code })

function problemOfCondition(condition: SegmentCondition, vocabulary: SegmentVocabulary): Found | null {
  switch (condition.kind) {
    case 'field':
      return problemOfComparison(segmentFields[condition.field], null, condition)
    case 'custom': {
      const field = vocabulary.customFields.get(condition.fieldId)
      if (!field) return at('fieldId', 'segment_field_unknown')
      return problemOfComparison(field.type, field.type === 'choice' ? field.choices : null, condition)
    }
    case 'list':
      return problemOfIds(condition.ids, vocabulary.listIds, 'segment_list_unknown')
    case 'tag':
      return problemOfIds(condition.ids, vocabulary.tagIds, 'segment_tag_unknown')
    case 'consent':
      return condition.states.length === 0 ? at('states', 'segment_choices_unfit') : null
    case 'suppressed':
      return null
    case 'activity': {
      const { withinDays, campaignId } = condition
      if (withinDays !== null && !isDays(withinDays)) return at('withinDays', 'segment_days_unfit')
      if (campaignId !== null && !vocabulary.campaignIds.has(campaignId))
        return at('campaignId', 'segment_campaign_unknown')
      return null
    }
    default:
      return assertNever(condition)
  }
}

function problemOfIds(
  ids: readonly string[],
  known: ReadonlySet<string>,
  unknown: SegmentProblemCode,
): Found | null {
  if (ids.length === 0 || ids.length > segmentChoicesMax) return at('ids', 'segment_choices_unfit')
  const index = ids.findIndex((id) => !known.has(id))
  return index === -1 ? null : at(`ids.${index}`, unknown)
}

/** What an operator compares a type of value with, or null when it cannot be asked about that type. */
export function operandOf(type: SegmentValueType, operator: string): SegmentOperand | null {
  const operators: Readonly<Record<string, SegmentOperand>> = segmentOperators[type]
  return Object.hasOwn(operators, operator) ? (operators[operator] ?? null) : null
}

function problemOfComparison(
  type: SegmentValueType,
  choices: readonly string[] | null,
  { operator, value }: { readonly operator: string; readonly value?: SegmentValue | undefined },
): Found | null {
  const operand = operandOf(type, operator)
  if (operand === null) return at('operator', 'segment_operator_unfit')
  if (operand === 'none') return value === undefined ? null : at('value', 'segment_value_unfit')
  if (value === undefined || value === '') return at('value', 'segment_value_missing')
  const code = problemOfValue(operand, value)
  if (code) return at('value', code)
  if (operand !== 'choices' || choices === null) return null
  const index = (value as readonly string[]).findIndex((choice) => !choices.includes(choice))
  return index === -1 ? null : at(`value.${index}`, 'segment_choice_unknown')
}

/** Only operands that compare with something. */
function problemOfValue(
  operand: Exclude<SegmentOperand, 'none'>,
  value: SegmentValue,
): SegmentProblemCode | null {
  switch (operand) {
    case 'text':
      if (typeof value !== 'string' || hasNul(value)) return 'segment_value_unfit'
      return value.length > segmentTextLengthMax ? 'segment_value_too_long' : null
    case 'number':
      return isNumber(value) ? null : 'segment_value_unfit'
    case 'number_range':
      return problemOfRange(value, isNumber)
    case 'date':
      return isDate(value) ? null : 'segment_value_unfit'
    case 'date_range':
      return problemOfRange(value, isDate)
    case 'days':
      return isDays(value) ? null : 'segment_days_unfit'
    case 'choices':
      return problemOfChoices(value)
    case 'yes_no':
      return typeof value === 'boolean' ? null : 'segment_value_unfit'
    default:
      return assertNever(operand)
  }
}

function problemOfChoices(value: SegmentValue): SegmentProblemCode | null {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string' && !hasNul(one)))
    return 'segment_value_unfit'
  if (value.length === 0 || value.length > segmentChoicesMax) return 'segment_choices_unfit'
  return value.some((one: string) => one.length > segmentTextLengthMax) ? 'segment_value_too_long' : null
}

function problemOfRange(
  value: SegmentValue,
  fits: (one: unknown) => one is string | number,
): SegmentProblemCode | null {
  if (!Array.isArray(value) || value.length !== 2) return 'segment_value_unfit'
  const [from, to] = value as readonly unknown[]
  if (!fits(from) || !fits(to)) return 'segment_value_unfit'
  return from > to ? 'segment_range_reversed' : null
}

/** PostgreSQL's text cannot hold it. */
const hasNul = (text: string): boolean => text.includes('\u0000')

const numberMax = 1e15
const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= numberMax

const isDays = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= segmentDaysMax

/** A day there is, of the years 1900 to 2199. */
const isDate = (value: unknown): value is string => {
  if (typeof value !== 'string' || !/^(19|20|21)\d\d-\d\d-\d\d$/.test(value)) return false
  const atMs = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().slice(0, 10) === value
}
