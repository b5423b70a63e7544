import { priceOperations } from '@siar/contract'
import type { ExchangeRate } from '@siar/contract'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Badge } from '#ui/badge.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { toast } from '#ui/toast.ts'
import { usePriceWords } from './price-words.ts'
import { rateOn } from './rate-on.ts'

/** The exchange rates, newest first; all but the last one can be removed. */
export function RateList({ rates }: { rates: readonly ExchangeRate[] }) {
  const { t } = useTranslation('admin')
  const format = useFormat()
  const words = usePriceWords()
  const [today] = useState(() => words.today(new Date()))
  const [leaving, setLeaving] = useState<ExchangeRate | null>(null)
  const current = rateOn(rates, today)
  const newestFirst = [...rates].sort((left, right) => right.effectiveFrom.localeCompare(left.effectiveFrom))
  return (
    <>
      <ul className="divide-y divide-line border-t border-line">
        {newestFirst.map((rate) => (
          <li key={rate.effectiveFrom} className="flex items-center gap-x-3 py-2.5">
            <span className="text-muted">{format.calendarDate(rate.effectiveFrom)}</span>
            {rate === current && <Badge tone="success">{t('prices.now')}</Badge>}
            <span className="ml-auto font-medium tabular-nums">{format.money(rate.idrPerUsd, 'IDR')}</span>
            {rates.length > 1 && (
              <IconButton
                label={t('rates.remove')}
                size="sm"
                icon={<Trash2 aria-hidden />}
                onClick={() => setLeaving(rate)}
              />
            )}
          </li>
        ))}
      </ul>
      {leaving && <RateRemoval rate={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

/** Asks before a rate goes, with what counts instead. */
function RateRemoval({ rate, onClose }: { rate: ExchangeRate; onClose: () => void }) {
  const { t } = useTranslation('admin')
  const format = useFormat()
  const { effectiveFrom } = rate
  const remove = useAction(priceOperations.removeRate, {
    invalidates: ['prices.'],
    onSuccess: () => {
      toast.success(t('rates.removed'))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('rates.removeTitle', { day: format.calendarDate(effectiveFrom) })}
      text={t('rates.removeText')}
      action={t('rates.removeAction')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ body: { effectiveFrom } })}
    />
  )
}
