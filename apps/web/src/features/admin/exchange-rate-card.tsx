import { priceOperations } from '@siar/contract'
import type { ExchangeRate } from '@siar/contract'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { usePriceWords } from './price-words.ts'
import { RateList } from './rate-list.tsx'

/** What one dollar is worth, from which day on: it turns prices in dollars into the rupiah that people see. */
export function ExchangeRateCard({ rates }: { rates: readonly ExchangeRate[] | undefined }) {
  const { t } = useTranslation('admin')
  return (
    <Card title={t('rates.title')} text={t('rates.text')}>
      <div className="flex flex-col gap-5">
        <RateForm />
        {rates === undefined && <SkeletonText lines={2} />}
        {rates?.length === 0 && <p className="text-sm text-muted">{t('rates.none')}</p>}
        {rates && rates.length > 0 && <RateList rates={rates} />}
      </div>
    </Card>
  )
}

function RateForm() {
  const { t } = useTranslation('admin')
  const words = usePriceWords()
  const [effectiveFrom, setFrom] = useState(() => words.today(new Date()))
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const idrPerUsd = /^\d{1,7}$/.test(text) ? Number(text) : 0
  const readable = idrPerUsd >= 1 && idrPerUsd <= 1_000_000 && effectiveFrom !== ''
  const put = useAction(priceOperations.putRate, {
    invalidates: ['prices.'],
    onSuccess: () => {
      setText('')
      setTried(false)
      toast.success(t('rates.saved'))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (readable) put.mutate({ body: { effectiveFrom, idrPerUsd } })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-wrap items-start gap-x-3 gap-y-4">
      <Field label={t('prices.from')} className="flex-1 basis-40 sm:max-w-48">
        <Input type="date" value={effectiveFrom} onChange={(event) => setFrom(event.target.value)} />
      </Field>
      <Field
        label={t('rates.amount')}
        error={tried && !readable && t('rates.amountError')}
        className="flex-1 basis-40 sm:max-w-56"
      >
        <Input
          inputMode="numeric"
          value={text}
          onChange={(event) => setText(event.target.value.replace(/\D/g, ''))}
        />
      </Field>
      <Button type="submit" className="sm:mt-6.5" busy={put.isPending} disabled={text === ''}>
        {t('rates.save')}
      </Button>
    </form>
  )
}
