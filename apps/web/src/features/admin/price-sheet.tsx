import { priceCategories, priceOperations } from '@siar/contract'
import type { Price } from '@siar/contract'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { countryOptions } from '#features/settings/places.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { toast } from '#ui/toast.ts'
import { readUsdMicros, usdText } from './price-amounts.ts'
import { usePriceWords } from './price-words.ts'

type Draft = { country: string; category: Price['category']; effectiveFrom: string; usd: string }

/** Adds a price, or changes the amount of one; country, category and day are what a price is known by. */
export function PriceSheet({ price, onClose }: { price: Price | null; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'ui'])
  const formId = useId()
  const words = usePriceWords()
  const [tried, setTried] = useState(false)
  const [draft, setDraft] = useState<Draft>(() =>
    price
      ? { ...price, usd: usdText(price.usdMicros) }
      : { country: 'ID', category: 'marketing', effectiveFrom: words.today(new Date()), usd: '' },
  )
  const put = useAction(priceOperations.put, {
    invalidates: ['prices.'],
    onSuccess: () => {
      toast.success(t('admin:prices.saved'))
      onClose()
    },
  })
  const usdMicros = readUsdMicros(draft.usd)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (usdMicros === undefined || draft.effectiveFrom === '') return
    const { country, category, effectiveFrom } = draft
    put.mutate({ body: { country, category, effectiveFrom, usdMicros } })
  }
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t(price ? 'admin:prices.changeTitle' : 'admin:prices.addTitle')}
      text={t('admin:prices.sheetText')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
          <Button tone="primary" type="submit" form={formId} busy={put.isPending}>
            {t('admin:prices.save')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <PriceFields
          draft={draft}
          onChange={setDraft}
          fixed={price !== null}
          amountError={tried && usdMicros === undefined}
        />
      </form>
    </Sheet>
  )
}

type PriceFieldsProps = {
  draft: Draft
  onChange: (draft: Draft) => void
  fixed: boolean
  amountError: boolean
}

function PriceFields({ draft, onChange, fixed, amountError }: PriceFieldsProps) {
  const { t } = useTranslation('admin')
  const { locale } = useFormat()
  const countries = [{ value: '*', label: t('prices.others') }, ...countryOptions(locale)]
  return (
    <>
      <Field label={t('prices.country')}>
        <Combobox
          options={countries}
          value={draft.country}
          disabled={fixed}
          onValueChange={(country) => onChange({ ...draft, country: country ?? draft.country })}
        />
      </Field>
      <Field label={t('prices.category')}>
        <Select
          value={draft.category}
          disabled={fixed}
          onValueChange={(category) => onChange({ ...draft, category })}
          options={priceCategories.map((value) => ({ value, label: t(`prices.categories.${value}`) }))}
        />
      </Field>
      <Field label={t('prices.from')} hint={t(fixed ? 'prices.fixedHint' : 'prices.fromHint')}>
        <Input
          type="date"
          disabled={fixed}
          value={draft.effectiveFrom}
          onChange={(event) => onChange({ ...draft, effectiveFrom: event.target.value })}
        />
      </Field>
      <Field
        label={t('prices.amount')}
        hint={t('prices.amountHint')}
        error={amountError && t('prices.amountError')}
      >
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={draft.usd}
          onChange={(event) => onChange({ ...draft, usd: event.target.value })}
        />
      </Field>
    </>
  )
}
