import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { Pause, Play, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'

const invalidates = ['campaigns.', 'analytics.']

export type ActionProps = { campaign: Campaign }

export function PauseRunning({ campaign }: ActionProps) {
  const { t } = useTranslation('campaigns')
  const pause = useAction(campaignOperations.pause, { invalidates })
  return (
    <Button
      icon={<Pause aria-hidden />}
      busy={pause.isPending}
      onClick={() => pause.mutate({ params: { campaignId: campaign.id } })}
    >
      {t('actions.pause')}
    </Button>
  )
}

export function Resume({ campaign }: ActionProps) {
  const { t } = useTranslation('campaigns')
  const resume = useAction(campaignOperations.resume, { invalidates })
  return (
    <Button
      tone="primary"
      icon={<Play aria-hidden />}
      busy={resume.isPending}
      onClick={() => resume.mutate({ params: { campaignId: campaign.id } })}
    >
      {t('actions.resume')}
    </Button>
  )
}

/** Queues the refused again, after saying how many. */
export function RetryFailed({ campaign }: ActionProps) {
  const { t } = useTranslation('campaigns')
  const [key, setKey] = useState<string | null>(null)
  const retry = useAction(campaignOperations.retryFailed, { invalidates, onSuccess: () => setKey(null) })
  const count = campaign.figures.failed
  return (
    <>
      <Button icon={<RotateCcw aria-hidden />} onClick={() => setKey(newIdempotencyKey())}>
        {t('actions.retry', { count })}
      </Button>
      {key && (
        <ConfirmDialog
          open
          onOpenChange={() => setKey(null)}
          title={t('confirm.retry.title', { count })}
          text={t('confirm.retry.text')}
          action={t('confirm.retry.action', { count })}
          busy={retry.isPending}
          onConfirm={() => retry.mutate({ params: { campaignId: campaign.id }, idempotencyKey: key })}
        />
      )}
    </>
  )
}
