import type { Schedule } from '@siar/contract'
import { parseLocalTime } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { usePreferences } from '#i18n/preferences.ts'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import type { StepProps } from '../step-props.ts'
import { clockText, wallClock } from './zones.ts'

type Local = Extract<Schedule, { kind: 'recipient_local' }>

/** One time on the clock of each person, and whose clock that is. */
export function LocalTimeFields({ schedule, gaps, onChange }: StepProps & { schedule: Local }) {
  const { t } = useTranslation('wizard')
  const { locale } = useFormat()
  const { timeZone } = usePreferences()
  const gap = gaps.find((one) => one === 'noTime' || one === 'pastTime')
  const time = parseLocalTime(schedule.at) === null ? null : clockText(schedule.at, locale)
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label={t('schedule.localTime')} error={gap ? t(`gaps.${gap}`) : undefined}>
        <Input
          type="datetime-local"
          value={schedule.at}
          min={wallClock(Date.now(), timeZone)}
          onChange={(event) => onChange({ schedule: { ...schedule, at: event.target.value.slice(0, 16) } })}
        />
      </Field>
      <p className="text-xs text-pretty text-subtle sm:pt-7">
        {time !== null && t('schedule.localExample', { time })} {t('schedule.localSource')}
      </p>
    </div>
  )
}
