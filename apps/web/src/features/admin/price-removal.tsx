import { priceOperations } from '@siar/contract'
import type { Price } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'
import { usePriceWords } from './price-words.ts'

/** Asks before one line of the price list goes, with what counts instead. */
export function PriceRemoval({ price, onClose }: { price: Price; onClose: () => void }) {
  const { t } = useTranslation('admin')
  const format = useFormat()
  const words = usePriceWords()
  const { country, category, effectiveFrom } = price
  const remove = useAction(priceOperations.remove, {
    invalidates: ['prices.'],
    onSuccess: () => {
      toast.success(t('prices.removed'))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('prices.removeTitle', {
        country: words.country(country),
        category: t(`prices.categories.${category}`),
        day: format.calendarDate(effectiveFrom),
      })}
      text={t('prices.removeText')}
      action={t('prices.removeAction')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ body: { country, category, effectiveFrom } })}
    />
  )
}
