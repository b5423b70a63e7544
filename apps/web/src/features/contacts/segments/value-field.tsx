import { segmentOperators } from '@siar/domain'
import type { SegmentOperand, SegmentValue } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#ui/combobox.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import type { Comparison } from './subjects.ts'
import { DaysInput } from './days-input.tsx'
import { typeOf } from './subjects.ts'
import { useChoices } from './use-choices.ts'
import type { SegmentWords } from './use-segment-words.ts'

export type ValueFieldProps = {
  condition: Comparison
  onChange: (value: SegmentValue | undefined) => void
  words: SegmentWords
}

/** What a field is compared with, in the control that fits the question. */
export function ValueField({ condition, onChange, words }: ValueFieldProps) {
  const { t } = useTranslation('segments')
  const choices = useChoices(condition, words)
  const type = typeOf(condition, words.customFields)
  const operands: Readonly<Record<string, SegmentOperand>> = type ? segmentOperators[type] : {}
  const { value } = condition
  switch (operands[condition.operator]) {
    case 'text':
      return (
        <Input
          aria-label={t('line.value')}
          value={typeof value === 'string' ? value : ''}
          maxLength={200}
          onChange={(event) => onChange(event.target.value)}
          className="sm:flex-1"
        />
      )
    case 'number':
      return <NumberInput label={t('line.value')} value={value} onChange={onChange} />
    case 'date':
      return <DateInput label={t('line.value')} value={value} onChange={onChange} />
    case 'number_range':
      return <Range value={value} onChange={onChange} of={NumberInput} />
    case 'date_range':
      return <Range value={value} onChange={onChange} of={DateInput} />
    case 'days':
      return <DaysInput value={typeof value === 'number' ? value : undefined} onChange={onChange} />
    case 'choices':
      return (
        <Combobox
          multiple
          label={t('line.value')}
          placeholder={t('line.choose')}
          value={Array.isArray(value) ? value.map(String) : []}
          onValueChange={onChange}
          options={choices}
          className="sm:flex-1"
        />
      )
    case 'yes_no':
      return (
        <Select
          label={t('line.value')}
          value={value === false ? 'no' : 'yes'}
          onValueChange={(next) => onChange(next === 'yes')}
          options={[
            { value: 'yes', label: t('line.yes') },
            { value: 'no', label: t('line.no') },
          ]}
          className="sm:w-28"
        />
      )
    default:
      return null
  }
}

type SingleProps = {
  label: string
  value: SegmentValue | undefined
  onChange: (value: string | number | undefined) => void
}

function NumberInput({ label, value, onChange }: SingleProps) {
  return (
    <Input
      type="number"
      step="any"
      inputMode="decimal"
      aria-label={label}
      value={typeof value === 'number' ? value : ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.valueAsNumber)}
      className="sm:w-36"
    />
  )
}

function DateInput({ label, value, onChange }: SingleProps) {
  return (
    <Input
      type="date"
      aria-label={label}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value || undefined)}
      className="sm:w-40"
    />
  )
}

type RangeProps = {
  value: SegmentValue | undefined
  onChange: (value: SegmentValue | undefined) => void
  of: (props: SingleProps) => React.ReactNode
}

function Range({ value, onChange, of: Single }: RangeProps) {
  const { t } = useTranslation('segments')
  const [from, until] = Array.isArray(value) ? (value as readonly (string | number)[]) : []
  const set = (next: readonly (string | number | undefined)[]) =>
    onChange(next.map((one) => one ?? '') as unknown as SegmentValue)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Single label={t('line.from')} value={from} onChange={(next) => set([next, until])} />
      <span className="text-subtle" aria-hidden>
        –
      </span>
      <Single label={t('line.until')} value={until} onChange={(next) => set([from, next])} />
    </div>
  )
}
