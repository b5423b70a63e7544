import type { SegmentCondition, SegmentOperator } from '@siar/domain'
import { segmentConsents } from '@siar/domain'
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#ui/combobox.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Select } from '#ui/select.tsx'
import { ActivityFields } from './activity-fields.tsx'
import type { Comparison } from './subjects.ts'
import { operatorsOf, startOfCondition, startOfValue, subjectOf, typeOf } from './subjects.ts'
import { useSubjects } from './use-subjects.ts'
import type { SegmentWords } from './use-segment-words.ts'
import { ValueField } from './value-field.tsx'

export type RuleLineProps = {
  condition: SegmentCondition
  /** From 1, for those who listen. */
  number: number
  onChange: (condition: SegmentCondition) => void
  onRemove: () => void
  problem: string | null
  words: SegmentWords
}

/** One question about people: what about, the question, and its value. */
export function RuleLine({ condition, number, onChange, onRemove, problem, words }: RuleLineProps) {
  const { t } = useTranslation('segments')
  const subjects = useSubjects(words, condition)
  return (
    <div role="group" aria-label={t('line.label', { number })} className="flex flex-col gap-1.5">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 max-sm:flex-col max-sm:items-stretch">
          <Combobox
            label={t('line.subject')}
            value={subjectOf(condition)}
            onValueChange={(next) => next && onChange(startOfCondition(next, words.customFields))}
            options={subjects}
            className="sm:w-52"
          />
          <Question condition={condition} onChange={onChange} words={words} />
        </div>
        <IconButton label={t('line.remove')} icon={<Trash2 aria-hidden />} onClick={onRemove} />
      </div>
      {problem && (
        <p role="alert" className="text-xs font-medium text-danger-ink">
          {problem}
        </p>
      )}
    </div>
  )
}

type QuestionProps = Pick<RuleLineProps, 'condition' | 'onChange' | 'words'>

function Question({ condition, onChange, words }: QuestionProps) {
  const { t } = useTranslation('segments')
  const operators = <V extends string>(
    value: V,
    options: readonly { value: V; label: string }[],
    set: (next: V) => void,
  ) => (
    <Select
      label={t('line.operator')}
      value={value}
      onValueChange={set}
      options={options}
      className="sm:w-52"
    />
  )
  switch (condition.kind) {
    case 'tag':
    case 'list':
      return (
        <>
          {operators(
            condition.operator,
            (['any', 'none'] as const).map((value) => ({ value, label: t(`operators.${value}`) })),
            (operator) => onChange({ ...condition, operator }),
          )}
          <Combobox
            multiple
            label={t('line.value')}
            placeholder={t('line.choose')}
            value={condition.ids}
            onValueChange={(ids) => onChange({ ...condition, ids })}
            options={withGone(
              condition.kind === 'tag' ? words.tags : words.lists,
              condition.ids,
              t('line.gone'),
            )}
            loading={words.loading}
            className="sm:flex-1"
          />
        </>
      )
    case 'consent':
      return (
        <Combobox
          multiple
          label={t('line.value')}
          placeholder={t('line.choose')}
          value={condition.states}
          onValueChange={(next) =>
            onChange({ ...condition, states: segmentConsents.filter((state) => next.includes(state)) })
          }
          options={segmentConsents.map((value) => ({ value, label: t(`consents.${value}`) }))}
          className="sm:flex-1"
        />
      )
    case 'suppressed':
      return operators(
        condition.value ? 'true' : 'false',
        (['false', 'true'] as const).map((value) => ({ value, label: t(`suppressed.${value}`) })),
        (next) => onChange({ ...condition, value: next === 'true' }),
      )
    case 'activity':
      return (
        <>
          {operators(
            condition.operator,
            (['did', 'did_not'] as const).map((value) => ({ value, label: t(`operators.${value}`) })),
            (operator) => onChange({ ...condition, operator }),
          )}
          <ActivityFields condition={condition} onChange={onChange} words={words} />
        </>
      )
    default:
      return <ComparisonFields condition={condition} onChange={onChange} words={words} />
  }
}

function ComparisonFields({
  condition,
  onChange,
  words,
}: Omit<QuestionProps, 'condition'> & { condition: Comparison }) {
  const { t } = useTranslation('segments')
  const type = typeOf(condition, words.customFields)
  if (type === null) return null
  const choose = (operator: SegmentOperator) => {
    const { value: _, ...rest } = condition
    const value = startOfValue(type, operator)
    onChange({ ...rest, operator, ...(value === undefined ? {} : { value }) })
  }
  return (
    <>
      <Select
        label={t('line.operator')}
        value={condition.operator}
        onValueChange={choose}
        options={operatorsOf(type).map((value) => ({ value, label: t(`operators.${value}`) }))}
        className="sm:w-52"
      />
      <ValueField
        condition={condition}
        onChange={(value) => {
          const { value: _, ...rest } = condition
          onChange(value === undefined ? rest : { ...rest, value })
        }}
        words={words}
      />
    </>
  )
}

/** What was deleted since stays in sight, so that it can be taken out. */
function withGone(options: SegmentWords['tags'], ids: readonly string[], gone: string) {
  const missing = ids.filter((id) => !options.some(({ value }) => value === id))
  return [...options, ...missing.map((value) => ({ value, label: gone }))]
}
