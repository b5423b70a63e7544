import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { CountInput } from '../count-input.tsx'
import { timesMax } from '../recurrence/recurrence.ts'
import type { Ending } from '../recurrence/recurrence.ts'

const kinds = ['never', 'times', 'day'] as const
const usualTimes = 10
const quarterMs = 90 * 86_400_000

export type EndingFieldsProps = {
  ending: Ending
  /** The first start; an end lies on it or after. */
  firstDay: string
  isTooEarly: boolean
  onChange: (ending: Ending) => void
}

/** How long it goes on: until somebody stops it, a number of times, or to a day. */
export function EndingFields({ ending, firstDay, isTooEarly, onChange }: EndingFieldsProps) {
  const { t } = useTranslation('wizard')
  const choose = (kind: Ending['kind']) => {
    if (kind === 'never') return onChange({ kind })
    if (kind === 'times') return onChange({ kind, times: usualTimes })
    onChange({ kind, day: quarterAfter(firstDay) })
  }
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('repeat.ends')}>
        <Select
          value={ending.kind}
          onValueChange={(kind) => kind !== ending.kind && choose(kind)}
          options={kinds.map((kind) => ({ value: kind, label: t(`repeat.ending.${kind}`) }))}
        />
      </Field>
      {ending.kind === 'times' && (
        <Field label={t('repeat.times')}>
          <CountInput
            value={ending.times}
            min={1}
            max={timesMax}
            onValueChange={(times) => onChange({ kind: 'times', times })}
          />
        </Field>
      )}
      {ending.kind === 'day' && (
        <Field label={t('repeat.lastDay')} error={isTooEarly ? t('gaps.endsBeforeStart') : undefined}>
          <Input
            type="date"
            value={ending.day}
            min={firstDay}
            onChange={({ target }) => target.value && onChange({ kind: 'day', day: target.value })}
          />
        </Field>
      )}
    </div>
  )
}

/** About three months after a day; today counts where the day is not written yet. */
function quarterAfter(day: string): string {
  const fromMs = Date.parse(`${day}T00:00:00Z`)
  return new Date((Number.isNaN(fromMs) ? Date.now() : fromMs) + quarterMs).toISOString().slice(0, 10)
}
