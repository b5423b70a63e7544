import { Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Switch } from '#ui/switch.tsx'
import { minutesOf, quietMinutes, quietParts } from './quiet-hours.ts'
import { useSaveRules } from './rules-action.ts'
import type { RulesCardProps } from './rules-action.ts'
import { SettingsCard } from './settings-card.tsx'

/** When no marketing message leaves, in the zone of the workspace. */
export function QuietHoursCard({ workspace, readOnly }: RulesCardProps) {
  const { t } = useTranslation(['settings', 'ui'])
  const format = useFormat()
  const saved = workspace.settings.quietHours
  const [hours, setHours] = useState(saved)
  const save = useSaveRules(({ settings }) => setHours(settings.quietHours))
  const { enabled, from, to } = hours
  const readable = minutesOf(from) !== null && minutesOf(to) !== null
  const error = readable
    ? enabled && from === to && t('rules.quiet.same')
    : enabled && t('ui:invalid.required')
  const dirty = enabled !== saved.enabled || from !== saved.from || to !== saved.to
  return (
    <SettingsCard
      title={t('rules.quiet.title')}
      text={t('rules.quiet.text')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!error) save.mutate({ body: { settings: { quietHours: hours } } })
      }}
      dirty={dirty}
      busy={save.isPending}
      onReset={() => setHours(saved)}
      readOnly={readOnly}
    >
      <Switch
        checked={enabled}
        onCheckedChange={(next) => setHours({ ...hours, enabled: next })}
        label={t('rules.quiet.enabled')}
        hint={t('rules.quiet.enabledHint')}
        disabled={readOnly}
      />
      {enabled && (
        <>
          <div className="grid grid-cols-2 gap-4 sm:max-w-xs">
            <Field label={t('rules.quiet.from')} error={error}>
              <Input
                type="time"
                value={from}
                onChange={(event) => setHours({ ...hours, from: event.target.value })}
              />
            </Field>
            <Field label={t('rules.quiet.to')}>
              <Input
                type="time"
                value={to}
                onChange={(event) => setHours({ ...hours, to: event.target.value })}
              />
            </Field>
          </div>
          {!error && (
            <div>
              <DayStrip from={from} to={to} />
              <p className="mt-2.5 text-xs text-muted">
                {t('rules.quiet.sentence', {
                  from: clock(from, format.locale),
                  to: clock(to, format.locale),
                  hours: format.number(quietMinutes(from, to) / 60),
                  zone: workspace.timeZone.replaceAll('_', ' '),
                })}
              </p>
            </div>
          )}
        </>
      )}
    </SettingsCard>
  )
}

/** Indonesian writes 21.00, English 21:00. */
function clock(value: string, locale: string): string {
  return locale.startsWith('id') ? value.replace(':', '.') : value
}

/** One day from midnight to midnight, its quiet hours set apart. */
function DayStrip({ from, to }: { from: string; to: string }) {
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`
  const parts = quietParts(from, to)
  const quietAtNoon = parts.some(({ start, width }) => start < 0.52 && start + width > 0.48)
  return (
    <div aria-hidden>
      <div className="relative h-8 overflow-hidden rounded-md bg-accent-soft text-accent-ink">
        {parts.map(({ start, width }) => (
          <span
            key={start}
            className="absolute inset-y-0 flex items-center justify-center overflow-hidden bg-line-strong text-muted transition-[left,width] duration-200"
            style={{ left: percent(start), width: percent(width) }}
          >
            <Moon className="size-3.5 shrink-0" />
          </span>
        ))}
        {!quietAtNoon && <Sun className="absolute top-1/2 left-1/2 size-4 -translate-1/2" />}
      </div>
      <div className="mt-1 flex justify-between text-xs text-subtle tabular-nums">
        {['00', '06', '12', '18', '24'].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
    </div>
  )
}
