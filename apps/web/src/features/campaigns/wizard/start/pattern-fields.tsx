import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'
import { CountInput } from '../count-input.tsx'
import { everyMax } from '../recurrence/recurrence.ts'
import type { Pattern, Recurrence } from '../recurrence/recurrence.ts'
import { MonthFields } from './month-fields.tsx'
import { WeekdayChoice } from './weekday-choice.tsx'

const units = ['day', 'week', 'month'] as const

/** What each unit begins with. */
const usual: Record<Pattern['unit'], Pattern> = {
  day: { unit: 'day' },
  week: { unit: 'week', weekdays: ['MO'] },
  month: { unit: 'month', on: { kind: 'day', day: 1 } },
}

export type PatternFieldsProps = { recurrence: Recurrence; onChange: (patch: Partial<Recurrence>) => void }

/** Every so many days, weeks on these days, or months on that one. */
export function PatternFields({ recurrence, onChange }: PatternFieldsProps) {
  const { t } = useTranslation('wizard')
  const { every, pattern } = recurrence
  return (
    <>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t('repeat.every')} className="w-24">
          <CountInput
            value={every}
            min={1}
            max={everyMax}
            onValueChange={(next) => onChange({ every: next })}
          />
        </Field>
        <Field label={t('repeat.unit')} hideLabel className="w-36">
          <Select
            value={pattern.unit}
            onValueChange={(unit) => unit !== pattern.unit && onChange({ pattern: usual[unit] })}
            options={units.map((unit) => ({
              value: unit,
              label: t(`repeat.units.${unit}`, { count: every }),
            }))}
          />
        </Field>
      </div>
      {pattern.unit === 'week' && (
        <WeekdayChoice
          chosen={pattern.weekdays}
          onChange={(weekdays) => onChange({ pattern: { unit: 'week', weekdays } })}
        />
      )}
      {pattern.unit === 'month' && (
        <MonthFields on={pattern.on} onChange={(on) => onChange({ pattern: { unit: 'month', on } })} />
      )}
    </>
  )
}
