import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { countryOptions } from './places.ts'
import { useSaveRules } from './rules-action.ts'
import type { RulesCardProps } from './rules-action.ts'
import { SettingsCard } from './settings-card.tsx'

/** Countries numbers may belong to; none chosen means all. */
export function CountriesCard({ workspace, readOnly }: RulesCardProps) {
  const { t } = useTranslation('settings')
  const { locale } = useFormat()
  const saved = workspace.settings.countries
  const [countries, setCountries] = useState<readonly string[]>(saved)
  const save = useSaveRules(({ settings }) => setCountries(settings.countries))
  return (
    <SettingsCard
      title={t('rules.countries.title')}
      text={t('rules.countries.text')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ body: { settings: { countries: [...countries] } } })
      }}
      dirty={[...countries].sort().join() !== [...saved].sort().join()}
      busy={save.isPending}
      onReset={() => setCountries(saved)}
      readOnly={readOnly}
    >
      <Field
        label={t('rules.countries.label')}
        hint={countries.length === 0 ? t('rules.countries.all') : t('rules.countries.hint')}
      >
        <Combobox
          multiple
          options={countryOptions(locale)}
          value={countries}
          onValueChange={setCountries}
          placeholder={t('rules.countries.placeholder')}
          disabled={readOnly}
        />
      </Field>
    </SettingsCard>
  )
}
