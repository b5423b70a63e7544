import { ToggleGroup } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Group } from '../group.tsx'
import { inWeekOrder, weekdays } from '../recurrence/recurrence.ts'
import type { Weekday } from '../recurrence/recurrence.ts'
import { weekdayName } from '../recurrence/sentence.ts'

export type WeekdayChoiceProps = { chosen: readonly Weekday[]; onChange: (chosen: Weekday[]) => void }

/** Days of the week to press; one always stays pressed. */
export function WeekdayChoice({ chosen, onChange }: WeekdayChoiceProps) {
  const { t } = useTranslation('wizard')
  const { locale } = useFormat()
  const choose = (next: string[]) => {
    const days = inWeekOrder(weekdays.filter((day) => next.includes(day)))
    if (days.length > 0) onChange(days)
  }
  return (
    <Group label={t('repeat.onDays')}>
      <ToggleGroup.Root
        type="multiple"
        value={[...chosen]}
        onValueChange={choose}
        className="grid max-w-lg grid-cols-7 gap-1.5"
      >
        {weekdays.map((day) => (
          <ToggleGroup.Item
            key={day}
            value={day}
            className="h-10 min-w-0 rounded-lg border border-line-strong bg-surface text-sm font-medium text-muted transition-colors hover:border-control data-[state=on]:border-accent data-[state=on]:bg-accent data-[state=on]:text-on-accent max-sm:text-xs"
          >
            <span aria-hidden>{weekdayName(day, locale, 'short')}</span>
            <span className="sr-only">{weekdayName(day, locale)}</span>
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </Group>
  )
}
