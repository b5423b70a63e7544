import { senderOperations } from '@siar/contract'
import type { Budget, Forecast } from '@siar/contract'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { usePreferences } from '#i18n/preferences.ts'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { Switch } from '#ui/switch.tsx'
import type { StepProps } from '../step-props.ts'
import { amountOf, amountText } from './amount.ts'
import { isCharged, sendersOf } from './can-serve.ts'

const currencies = ['IDR', 'USD'] as const
const usual: Record<Budget['currency'], number> = { IDR: 100_000, USD: 1000 }

/** The most a run may cost; shown only where something can be charged, or where a limit is set already. */
export function BudgetCard({ draft, gaps, forecast, onChange }: StepProps) {
  const { t } = useTranslation('wizard')
  const preferred = currencyNamed(usePreferences().currency)
  const senders = useOperation(senderOperations.list, {})
  const { budget } = draft
  const canCost = sendersOf(draft, senders.data?.data ?? []).some(isCharged)
  if (!canCost && !budget) return null
  return (
    <Card>
      <Switch
        checked={budget !== null}
        onCheckedChange={(on) =>
          onChange({ budget: on ? { amountMinor: usual[preferred], currency: preferred } : null })
        }
        label={t('budget.title')}
        hint={t('budget.text')}
      />
      {budget && (
        <BudgetFields
          budget={budget}
          cost={forecast?.cost ?? null}
          error={gaps.includes('budgetZero') ? t('gaps.budgetZero') : undefined}
          onChange={(next) => onChange({ budget: next })}
        />
      )}
    </Card>
  )
}

function currencyNamed(name: string): Budget['currency'] {
  return currencies.find((one) => one === name) ?? 'IDR'
}

type BudgetFieldsProps = {
  budget: Budget
  cost: Forecast['cost']
  error: string | undefined
  onChange: (budget: Budget) => void
}

function BudgetFields({ budget, cost, error, onChange }: BudgetFieldsProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const likelyMinor = cost && (budget.currency === 'IDR' ? cost.likely.idrMinor : cost.likely.usdMinor)
  return (
    <div className="mt-5 grid gap-4 sm:max-w-md sm:grid-cols-[minmax(0,1fr)_8rem]">
      <Field
        label={t('budget.amount')}
        error={error}
        hint={
          likelyMinor === null
            ? undefined
            : t('budget.likely', { amount: format.money(likelyMinor, budget.currency) })
        }
      >
        <AmountInput budget={budget} onChange={(amountMinor) => onChange({ ...budget, amountMinor })} />
      </Field>
      <Field label={t('budget.currency')}>
        <Select
          value={budget.currency}
          onValueChange={(currency) => onChange({ amountMinor: usual[currency], currency })}
          options={currencies.map((currency) => ({ value: currency, label: currency }))}
        />
      </Field>
    </div>
  )
}

type AmountInputProps = { budget: Budget; onChange: (amountMinor: number) => void }

/** An amount with the separators of the language; what cannot be read gives way to the last good one. */
function AmountInput({ budget, onChange }: AmountInputProps) {
  const { locale } = useFormat()
  const shown = amountText(budget.amountMinor, budget.currency, locale)
  const [text, setText] = useState(shown)
  const [isTyping, setIsTyping] = useState(false)
  useEffect(() => {
    if (!isTyping) setText(shown)
  }, [shown, isTyping])
  const type = (typed: string) => {
    setText(typed)
    const amountMinor = typed.trim() === '' ? 0 : amountOf(typed, budget.currency, locale)
    if (amountMinor !== null) onChange(amountMinor)
  }
  return (
    <Input
      inputMode="decimal"
      autoComplete="off"
      numeric
      value={text}
      onFocus={() => setIsTyping(true)}
      onBlur={() => setIsTyping(false)}
      onChange={(event) => type(event.target.value)}
    />
  )
}
