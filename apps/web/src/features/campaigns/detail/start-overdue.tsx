import { campaignOperations } from '@siar/contract'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import type { ActionProps } from './run-actions.tsx'

/** Sends what missed its start, later than planned, after saying so. */
export function StartOverdue({ campaign }: ActionProps) {
  const { t } = useTranslation('campaigns')
  const [key, setKey] = useState<string | null>(null)
  const start = useAction(campaignOperations.start, {
    invalidates: ['campaigns.', 'report.', 'analytics.'],
    onSuccess: () => setKey(null),
  })
  return (
    <>
      <Button
        size="sm"
        tone="primary"
        icon={<Send aria-hidden />}
        onClick={() => setKey(newIdempotencyKey())}
      >
        {t('actions.startNow')}
      </Button>
      {key && (
        <ConfirmDialog
          open
          onOpenChange={() => setKey(null)}
          title={t('confirm.startNow.title')}
          text={t('confirm.startNow.text')}
          action={t('confirm.startNow.action')}
          busy={start.isPending}
          onConfirm={() => start.mutate({ params: { campaignId: campaign.id }, idempotencyKey: key })}
        />
      )}
    </>
  )
}
