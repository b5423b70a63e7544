import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { zoneLabel, zoneNames } from './zones.ts'

export type ZoneFieldProps = { timeZone: string; onChange: (timeZone: string) => void }

/** Whose clock a time is read on. */
export function ZoneField({ timeZone, onChange }: ZoneFieldProps) {
  const { t } = useTranslation('wizard')
  const { locale } = useFormat()
  const zones = useMemo(
    () => zoneNames().map((zone) => ({ value: zone, label: zoneLabel(zone, locale) })),
    [locale],
  )
  return (
    <Field label={t('schedule.zone')}>
      <Combobox options={zones} value={timeZone} onValueChange={(zone) => zone && onChange(zone)} />
    </Field>
  )
}
