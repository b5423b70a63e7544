import { proxyClasses, proxyProviders } from '@siar/domain'
import type { ProxyClass, ProxyProvider } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { countryOptions } from '#features/settings/places.ts'
import { useFormat } from '#i18n/format.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'
import { MoneyField } from './money-field.tsx'
import type { MoneyDraft } from './money-field.tsx'
import { providerNames } from './proxy-words.ts'

/** What a person tells of a proxy, or of every proxy of a list. */
export type Described = {
  class: ProxyClass
  provider: ProxyProvider
  country: string | null
  cost: MoneyDraft
}

export type DescribedFieldsProps = {
  draft: Described
  onChange: (draft: Described) => void
  costWrong: boolean
}

export function DescribedFields({ draft, onChange, costWrong }: DescribedFieldsProps) {
  const { t } = useTranslation('egress')
  const { locale } = useFormat()
  return (
    <>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field label={t('form.class')} hint={t(`classHints.${draft.class}`)}>
          <Select
            value={draft.class}
            onValueChange={(value) => onChange({ ...draft, class: value })}
            options={proxyClasses.map((value) => ({ value, label: t(`classes.${value}`) }))}
          />
        </Field>
        <Field label={t('form.provider')}>
          <Select
            value={draft.provider}
            onValueChange={(provider) => onChange({ ...draft, provider })}
            options={proxyProviders.map((value) => ({
              value,
              label: value === 'own' ? t('providers.own') : providerNames[value],
            }))}
          />
        </Field>
      </div>
      <Field label={t('form.country')} optional hint={t('form.countryHint')}>
        <Combobox
          options={countryOptions(locale)}
          value={draft.country}
          onValueChange={(country) => onChange({ ...draft, country })}
        />
      </Field>
      <MoneyField
        label={t('form.cost')}
        hint={t('form.costHint')}
        draft={draft.cost}
        onChange={(cost) => onChange({ ...draft, cost })}
        wrong={costWrong}
      />
    </>
  )
}
