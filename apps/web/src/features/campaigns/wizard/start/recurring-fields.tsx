import type { Schedule } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { recurrenceOf } from '../recurrence/recurrence-of.ts'
import type { Recurrence } from '../recurrence/recurrence.ts'
import { ruleOf } from '../recurrence/rule-of.ts'
import type { StepProps } from '../step-props.ts'
import { EndingFields } from './ending-fields.tsx'
import { NextStarts } from './next-starts.tsx'
import { PatternFields } from './pattern-fields.tsx'
import { scheduleOfKind } from './schedule-of-kind.ts'
import { ZoneField } from './zone-field.tsx'

type Recurring = Extract<Schedule, { kind: 'recurring' }>
type RecurringProps = StepProps & { schedule: Recurring }

/** How often, from when and how long. A rule that says more than the fields can show is kept as it is. */
export function RecurringFields(props: RecurringProps) {
  const { schedule, gaps, forecast, onChange } = props
  const recurrence = recurrenceOf(schedule.rule, schedule)
  const repeat = (patch: Partial<Recurrence>) =>
    recurrence &&
    onChange({ schedule: { ...schedule, rule: ruleOf({ ...recurrence, ...patch }, schedule.timeZone) } })
  return (
    <div className="flex flex-col gap-5">
      {recurrence ? <PatternFields recurrence={recurrence} onChange={repeat} /> : <OwnRule {...props} />}
      <FirstStart {...props} />
      {recurrence && (
        <EndingFields
          ending={recurrence.ending}
          firstDay={schedule.at.slice(0, 10)}
          isTooEarly={gaps.includes('endsBeforeStart')}
          onChange={(ending) => repeat({ ending })}
        />
      )}
      <NextStarts schedule={schedule} starts={forecast?.nextStarts} />
    </div>
  )
}

function OwnRule({ schedule, onChange }: RecurringProps) {
  const { t } = useTranslation('wizard')
  const replaced = scheduleOfKind('recurring', schedule, schedule.timeZone, Date.now())
  return (
    <Notice
      title={t('repeat.ownTitle')}
      action={
        <Button size="sm" onClick={() => onChange({ schedule: replaced })}>
          {t('repeat.ownReplace')}
        </Button>
      }
    >
      <p>{t('repeat.ownText')}</p>
      <code className="mt-1 block font-mono text-xs break-all">{schedule.rule}</code>
    </Notice>
  )
}

function FirstStart({ schedule, gaps, onChange }: RecurringProps) {
  const { t } = useTranslation('wizard')
  const [day = '', time = ''] = schedule.at.split('T')
  const change = (patch: Partial<Recurring>) => {
    const next = { ...schedule, ...patch }
    const recurrence = recurrenceOf(schedule.rule, schedule)
    onChange({ schedule: recurrence ? { ...next, rule: ruleOf(recurrence, next.timeZone) } : next })
  }
  const missing = gaps.includes('noTime') ? t('gaps.noTime') : undefined
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('repeat.time')} error={time === '' ? missing : undefined}>
        <Input
          type="time"
          value={time}
          onChange={(event) => change({ at: `${day}T${event.target.value.slice(0, 5)}` })}
        />
      </Field>
      <Field label={t('repeat.from')} error={day === '' ? missing : undefined}>
        <Input
          type="date"
          value={day}
          onChange={(event) => change({ at: `${event.target.value}T${time}` })}
        />
      </Field>
      <ZoneField timeZone={schedule.timeZone} onChange={(timeZone) => change({ timeZone })} />
    </div>
  )
}
