import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Field } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'
import { CountInput } from '../count-input.tsx'
import { places, weekdays } from '../recurrence/recurrence.ts'
import type { MonthDay, Place } from '../recurrence/recurrence.ts'
import { weekdayName } from '../recurrence/sentence.ts'

export type MonthFieldsProps = { on: MonthDay; onChange: (on: MonthDay) => void }

type Manner = 'date' | 'end' | 'weekday'
const manners: readonly Manner[] = ['date', 'end', 'weekday']

const usual: Record<Manner, MonthDay> = {
  date: { kind: 'day', day: 1 },
  end: { kind: 'day', day: -1 },
  weekday: { kind: 'weekday', place: -1, weekday: 'FR' },
}

/** Longer than the shortest month. */
const dayNotInAll = 29

/** Which day of the month: a date, the last day, or the first … last of a weekday. */
export function MonthFields({ on, onChange }: MonthFieldsProps) {
  const { t } = useTranslation('wizard')
  const manner: Manner = on.kind === 'weekday' ? 'weekday' : on.day === -1 ? 'end' : 'date'
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('repeat.monthOn')}>
        <Select
          value={manner}
          onValueChange={(next) => next !== manner && onChange(usual[next])}
          options={manners.map((one) => ({ value: one, label: t(`repeat.manner.${one}`) }))}
        />
      </Field>
      {on.kind === 'day' && on.day !== -1 && (
        <Field
          label={t('repeat.date')}
          hint={on.day >= dayNotInAll ? t('repeat.dateSkips', { day: on.day }) : undefined}
          className="sm:col-span-2"
        >
          <CountInput
            className="sm:w-24"
            value={on.day}
            min={1}
            max={31}
            onValueChange={(day) => onChange({ kind: 'day', day })}
          />
        </Field>
      )}
      {on.kind === 'weekday' && <MonthWeekday on={on} onChange={onChange} />}
    </div>
  )
}

type MonthWeekdayProps = { on: Extract<MonthDay, { kind: 'weekday' }>; onChange: (on: MonthDay) => void }

function MonthWeekday({ on, onChange }: MonthWeekdayProps) {
  const { t } = useTranslation(['wizard', 'campaigns'])
  const { locale } = useFormat()
  const placeName = (place: Place) => t(`campaigns:repeat.place.${place === -1 ? 'last' : place}`)
  return (
    <>
      <Field label={t('repeat.place')}>
        <Select
          value={String(on.place)}
          onValueChange={(text) => {
            const place = places.find((one) => String(one) === text)
            if (place) onChange({ ...on, place })
          }}
          options={places.map((place) => ({ value: String(place), label: placeName(place) }))}
        />
      </Field>
      <Field label={t('repeat.weekday')}>
        <Select
          value={on.weekday}
          onValueChange={(weekday) => onChange({ ...on, weekday })}
          options={weekdays.map((day) => ({ value: day, label: weekdayName(day, locale) }))}
        />
      </Field>
    </>
  )
}
