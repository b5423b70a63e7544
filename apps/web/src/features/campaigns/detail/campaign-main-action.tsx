import { Link, useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import { PencilLine, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import type { ActionProps } from './run-actions.tsx'
import { PauseRunning, Resume, RetryFailed } from './run-actions.tsx'

const invalidates = ['campaigns.', 'analytics.']

/** The one deed that fits the campaign's state; nothing when there is none or the person may not. */
export function CampaignMainAction({ campaign }: ActionProps) {
  const can = useCan()
  if (!can('campaigns.write')) return null
  switch (campaign.status) {
    case 'draft':
      return <ContinueDraft campaign={campaign} />
    case 'scheduled':
      return <ChangeScheduled campaign={campaign} />
    case 'overdue':
      return <StartOverdue campaign={campaign} />
    case 'running':
      return <PauseRunning campaign={campaign} />
    case 'paused':
    case 'halted':
      return <Resume campaign={campaign} />
    case 'completed':
      return campaign.figures.failed > 0 ? <RetryFailed campaign={campaign} /> : null
    case 'cancelled':
      return null
  }
}

function ContinueDraft({ campaign }: ActionProps) {
  const { t } = useTranslation('campaigns')
  return (
    <Button tone="primary" asChild>
      <Link to="/campaigns/$campaignId/edit" params={{ campaignId: campaign.id }}>
        <PencilLine aria-hidden />
        {t('actions.continue')}
      </Link>
    </Button>
  )
}

function ChangeScheduled({ campaign }: ActionProps) {
  const { t } = useTranslation('campaigns')
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const unschedule = useAction(campaignOperations.unschedule, {
    invalidates,
    onSuccess: ({ id }) =>
      void navigate({
        to: '/campaigns/$campaignId/edit',
        params: { campaignId: id },
        search: { step: 'schedule' },
      }),
  })
  return (
    <>
      <Button icon={<PencilLine aria-hidden />} onClick={() => setOpen(true)}>
        {t('actions.change')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t('confirm.change.title')}
        text={t('confirm.change.text')}
        action={t('confirm.change.action')}
        busy={unschedule.isPending}
        onConfirm={() => unschedule.mutate({ params: { campaignId: campaign.id } })}
      />
    </>
  )
}

function StartOverdue({ campaign }: ActionProps) {
  const { t } = useTranslation('campaigns')
  const [key, setKey] = useState<string | null>(null)
  const start = useAction(campaignOperations.start, { invalidates, onSuccess: () => setKey(null) })
  return (
    <>
      <Button tone="primary" icon={<Send aria-hidden />} onClick={() => setKey(newIdempotencyKey())}>
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
