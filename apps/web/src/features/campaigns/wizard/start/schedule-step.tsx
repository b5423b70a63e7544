import { CalendarClock, Send } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { instantOf } from '@siar/domain'
import { useFormat } from '#i18n/format.ts'
import { usePreferences } from '#i18n/preferences.ts'
import { Card } from '#ui/card.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { PacingCard } from '../senders/pacing-card.tsx'
import { SendersCard } from '../senders/senders-card.tsx'
import type { StepProps } from '../step-props.ts'
import { WithRecap } from '../with-recap.tsx'
import { wallClock, zoneLabel, zoneNames } from './zones.ts'

export function ScheduleStep(props: StepProps) {
  return (
    <WithRecap {...props}>
      <StartCard {...props} />
      <SendersCard {...props} />
      <PacingCard {...props} />
    </WithRecap>
  )
}

const dayMs = 86_400_000

function StartCard(props: StepProps) {
  const { draft, onChange } = props
  const { t } = useTranslation('wizard')
  const { timeZone } = usePreferences()
  const choose = (kind: 'now' | 'at') => {
    if (kind === 'now') return onChange({ schedule: { kind } })
    const tomorrow = wallClock(Date.now() + dayMs, timeZone).slice(0, 11)
    onChange({ schedule: { kind, at: `${tomorrow}09:00`, timeZone } })
  }
  return (
    <Card title={t('schedule.start')} text={t('schedule.startText')}>
      <div className="flex flex-col gap-5">
        <RadioCards
          label={t('schedule.start')}
          value={draft.schedule.kind === 'now' ? 'now' : 'at'}
          onValueChange={choose}
          options={[
            {
              value: 'now',
              title: t('schedule.now'),
              text: t('schedule.nowText'),
              icon: <Send />,
            },
            {
              value: 'at',
              title: t('schedule.at'),
              text: t('schedule.atText'),
              icon: <CalendarClock />,
            },
          ]}
        />
        {draft.schedule.kind === 'at' && <TimeFields {...props} schedule={draft.schedule} />}
      </div>
    </Card>
  )
}

type At = Extract<StepProps['draft']['schedule'], { kind: 'at' }>

function TimeFields({ schedule, gaps, onChange }: StepProps & { schedule: At }) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const zones = useMemo(
    () => zoneNames().map((zone) => ({ value: zone, label: zoneLabel(zone, format.locale) })),
    [format.locale],
  )
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
      <Field label={t('schedule.zone')}>
        <Combobox
          options={zones}
          value={schedule.timeZone}
          onValueChange={(zone) => zone && onChange({ schedule: { ...schedule, timeZone: zone } })}
        />
      </Field>
    </div>
  )
}
