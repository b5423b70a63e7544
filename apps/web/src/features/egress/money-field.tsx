import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { currencies } from './money-text.ts'
import type { Money } from './money-text.ts'

export type MoneyDraft = { text: string; currency: Money['currency'] }

export type MoneyFieldProps = {
  label: string
  hint: string
  draft: MoneyDraft
  onChange: (draft: MoneyDraft) => void
  wrong: boolean
}

/** An amount and its currency; may stay empty. */
export function MoneyField({ label, hint, draft, onChange, wrong }: MoneyFieldProps) {
  const { t } = useTranslation('egress')
  return (
    <div className="grid grid-cols-[1fr_6rem] items-start gap-3">
      <Field label={label} optional hint={hint} error={wrong && t('form.moneyWrong')}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
      </Field>
      <Field label={t('form.currency')}>
        <Select
          value={draft.currency}
          onValueChange={(currency) => onChange({ ...draft, currency })}
          options={currencies.map((value) => ({ value, label: value }))}
        />
      </Field>
    </div>
  )
}
