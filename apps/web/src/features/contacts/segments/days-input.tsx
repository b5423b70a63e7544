import { segmentDaysMax } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { Input } from '#ui/input.tsx'

export type DaysInputProps = {
  value: number | undefined
  onChange: (days: number | undefined) => void
}

/** A number of days. */
export function DaysInput({ value, onChange }: DaysInputProps) {
  const { t } = useTranslation('segments')
  return (
    <span className="flex items-center gap-2 text-sm text-muted">
      <span className="w-24">
        <Input
          type="number"
          min={1}
          max={segmentDaysMax}
          inputMode="numeric"
          aria-label={t('line.days')}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.valueAsNumber)}
        />
      </span>
      <span aria-hidden>{t('line.days')}</span>
    </span>
  )
}
