import { campaignRunOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { useAction } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'

export type SkipOccurrenceProps = { campaignId: string; occurrenceAt: string; tone?: 'secondary' | 'link' }

/** Passes over the one start of a recurring campaign that is next or overdue, after naming it. */
export function SkipOccurrence({ campaignId, occurrenceAt, tone = 'secondary' }: SkipOccurrenceProps) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const [key, setKey] = useState<string | null>(null)
  const skip = useAction(campaignRunOperations.skip, {
    invalidates: ['campaigns.', 'report.', 'analytics.'],
    onSuccess: () => {
      setKey(null)
      toast.success(t('overdue.skipped'))
    },
  })
  return (
    <>
      <Button size="sm" tone={tone} onClick={() => setKey(newIdempotencyKey())}>
        {t('overdue.skip')}
      </Button>
      {key && (
        <ConfirmDialog
          open
          onOpenChange={() => setKey(null)}
          title={t('overdue.skipTitle', { time: format.dateTime(occurrenceAt) })}
          text={t('overdue.skipText')}
          action={t('overdue.skip')}
          busy={skip.isPending}
          onConfirm={() =>
            skip.mutate({ params: { campaignId }, body: { occurrenceAt }, idempotencyKey: key })
          }
        />
      )}
    </>
  )
}
