import { Link, useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import type { ActionProps } from './run-actions.tsx'
import { PauseRunning, Resume, RetryFailed } from './run-actions.tsx'

const invalidates = ['campaigns.', 'analytics.']

/** The one deed that fits the campaign's state; nothing when there is none, the person may not, or a notice asks for it. */
export function CampaignMainAction({ campaign }: ActionProps) {
  const can = useCan()
  if (!can('campaigns.write')) return null
  switch (campaign.status) {
    case 'draft':
      return <ContinueDraft campaign={campaign} />
    case 'scheduled':
      return <ChangeScheduled campaign={campaign} />
    case 'running':
      return <PauseRunning campaign={campaign} />
    case 'paused':
      return <Resume campaign={campaign} />
    case 'completed':
      return campaign.figures.failed > 0 ? <RetryFailed campaign={campaign} /> : null
    case 'cancelled':
    case 'halted':
    case 'overdue':
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
