import { CalendarClock, CalendarSync, Clock, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '#i18n/preferences.ts'
import { Card } from '#ui/card.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import type { StepProps } from '../step-props.ts'
import { LocalTimeFields } from './local-time-fields.tsx'
import { RecurringFields } from './recurring-fields.tsx'
import { scheduleOfKind } from './schedule-of-kind.ts'
import type { ScheduleKind } from './schedule-of-kind.ts'
import { TimeFields } from './time-fields.tsx'

const kinds: readonly [ScheduleKind, ReactNode][] = [
  ['now', <Send key="now" />],
  ['at', <CalendarClock key="at" />],
  ['recipient_local', <Clock key="recipient_local" />],
  ['recurring', <CalendarSync key="recurring" />],
]

/** When it starts: at once, at a time, by everybody's own clock, or again and again. */
export function StartCard(props: StepProps) {
  const { draft, onChange } = props
  const { schedule } = draft
  const { t } = useTranslation('wizard')
  const { timeZone } = usePreferences()
  return (
    <Card title={t('schedule.start')} text={t('schedule.startText')}>
      <div className="flex flex-col gap-5">
        <RadioCards
          label={t('schedule.start')}
          value={schedule.kind}
          onValueChange={(kind) =>
            onChange({ schedule: scheduleOfKind(kind, schedule, timeZone, Date.now()) })
          }
          options={kinds.map(([kind, icon]) => ({
            value: kind,
            title: t(`schedule.${kind}`),
            text: t(`schedule.${kind}Text`),
            icon,
          }))}
        />
        {schedule.kind === 'at' && <TimeFields {...props} schedule={schedule} />}
        {schedule.kind === 'recipient_local' && <LocalTimeFields {...props} schedule={schedule} />}
        {schedule.kind === 'recurring' && <RecurringFields {...props} schedule={schedule} />}
      </div>
    </Card>
  )
}
