import { segmentOperators } from '@siar/domain'
import type { SegmentCondition, SegmentOperator, SegmentRule, SegmentValue } from '@siar/domain'
import type { TFunction } from 'i18next'
import type { Formatter } from '#i18n/format.ts'
import { typeOf } from './subjects.ts'
import type { SegmentWords } from './use-segment-words.ts'

export type SummaryWords = {
  readonly t: TFunction<'segments'>
  readonly format: Pick<Formatter, 'locale' | 'calendarDate' | 'number'>
  readonly words: Pick<SegmentWords, 'nameOf' | 'customFields'>
}

/** A rule as a sentence: "People with the tag VIP who did not read any message in the last 30 days". */
export function summaryOf(rule: SegmentRule, words: SummaryWords): string {
  const { t } = words
  const text = partText(rule, words, true)
  return text === '' ? t('say.nobody') : t('say.people', { rule: text })
}

function partText(rule: SegmentRule, words: SummaryWords, isOutermost = false): string {
  if (rule.kind === 'not') return words.t('say.not', { rule: partText(rule.rule, words, true) })
  if (rule.kind !== 'all' && rule.kind !== 'any') return conditionText(rule, words)
  const parts = rule.rules.map((part) => partText(part, words)).filter((text) => text !== '')
  const text = rule.kind === 'any' ? parts.join(words.t('say.or')) : togetherText(parts, rule.rules, words)
  return parts.length > 1 && !isOutermost ? `(${text})` : text
}

function togetherText(parts: readonly string[], rules: readonly SegmentRule[], { t }: SummaryWords): string {
  const [first = '', ...rest] = parts
  const [head, next] = rules
  if (rest.length === 0) return first
  const flows = head !== undefined && next !== undefined && isGroupOfPeople(head) && isClause(next)
  return first + (flows ? ' ' : t('say.and')) + rest.join(t('say.and'))
}

/** "With the tag VIP" needs no "and" before "who read a message". */
const isGroupOfPeople = ({ kind }: SegmentRule): boolean => kind === 'tag' || kind === 'list'
const isClause = (rule: SegmentRule): boolean =>
  !isGroupOfPeople(rule) && rule.kind !== 'not' && rule.kind !== 'all' && rule.kind !== 'any'

function conditionText(condition: SegmentCondition, words: SummaryWords): string {
  const { t, format } = words
  const names = (some: readonly string[]) =>
    new Intl.ListFormat(format.locale, { type: 'disjunction' }).format(some)
  switch (condition.kind) {
    case 'tag':
    case 'list':
      return t(`say.${condition.kind}.${condition.operator}`, {
        names: names(condition.ids.map((id) => words.words.nameOf(id) ?? t('say.gone'))),
      })
    case 'consent':
      return condition.states.map((state) => t(`say.consent.${state}`)).join(t('say.or'))
    case 'suppressed':
      return t(`say.suppressed.${condition.value ? 'true' : 'false'}`)
    case 'activity': {
      const { activity, operator, withinDays, campaignId } = condition
      const what = t(`say.${operator}.${activity}`)
      const campaign = campaignId === null ? null : (words.words.nameOf(campaignId) ?? t('say.gone'))
      const of = campaign === null ? '' : t('say.ofCampaign', { name: campaign })
      return what + of + (withinDays === null ? '' : t('say.lastDays', { count: withinDays }))
    }
    default:
      return comparisonText(condition, words)
  }
}

function comparisonText(
  condition: Extract<SegmentCondition, { kind: 'field' | 'custom' }>,
  words: SummaryWords,
): string {
  const { t } = words
  const { operator, value } = condition
  if (condition.kind === 'field' && condition.field === 'active' && typeof value === 'boolean')
    return t(`say.active.${value ? 'true' : 'false'}`)
  const field =
    condition.kind === 'field'
      ? t(`fields.${condition.field}`).toLocaleLowerCase()
      : (words.words.nameOf(condition.fieldId) ?? t('say.gone'))
  return t(`say.compare.${operator}`, { field, value: valueText(condition, operator, value, words) })
}

function valueText(
  condition: SegmentCondition,
  operator: SegmentOperator,
  value: SegmentValue | undefined,
  { t, format, words }: SummaryWords,
): string {
  const type = typeOf(condition, words.customFields)
  const operands: Readonly<Record<string, string>> = type ? segmentOperators[type] : {}
  const operand = operands[operator]
  const one = (single: string | number) => {
    if (single === '') return '…'
    if (operand === 'date' || operand === 'date_range') return format.calendarDate(String(single))
    return typeof single === 'number' ? format.number(single) : `“${single}”`
  }
  if (value === undefined || value === '') return '…'
  if (typeof value === 'boolean') return t(value ? 'line.yes' : 'line.no')
  if (typeof value === 'string' || typeof value === 'number') return one(value)
  const isRange = operand === 'number_range' || operand === 'date_range'
  return new Intl.ListFormat(format.locale, { type: isRange ? 'conjunction' : 'disjunction' }).format(
    value.map(one),
  )
}
