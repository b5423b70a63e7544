import type { Schedule } from '@siar/contract'
import { instantOf } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import type { StepProps } from '../step-props.ts'
import { ZoneField } from './zone-field.tsx'
import { wallClock } from './zones.ts'

type At = Extract<Schedule, { kind: 'at' }>

/** One moment, on the clock of a zone. */
export function TimeFields({ schedule, gaps, onChange }: StepProps & { schedule: At }) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const startAtMs = instantOf(schedule.at, schedule.timeZone)
  const gap = gaps.find((one) => one === 'noTime' || one === 'pastTime')
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={t('schedule.time')}
        error={gap ? t(`gaps.${gap}`) : undefined}
        hint={
          startAtMs === null
            ? undefined
            : t('schedule.means', {
                time: format.dateTime(startAtMs),
                relative: format.relative(startAtMs, Date.now()),
              })
        }
      >
        <Input
          type="datetime-local"
          value={schedule.at}
          min={wallClock(Date.now(), schedule.timeZone)}
          onChange={(event) => onChange({ schedule: { ...schedule, at: event.target.value.slice(0, 16) } })}
        />
      </Field>
      <ZoneField
        timeZone={schedule.timeZone}
        onChange={(timeZone) => onChange({ schedule: { ...schedule, timeZone } })}
      />
    </div>
  )
}
