import { useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'

export type Asked = 'cancel' | 'remove'
export type CampaignConfirmProps = { asked: Asked; campaign: Campaign; onClose: () => void }

/** Asks before a campaign is stopped for good or deleted, with the people it concerns. */
export function CampaignConfirm({ asked, campaign, onClose }: CampaignConfirmProps) {
  const { t } = useTranslation('campaigns')
  const navigate = useNavigate()
  const params = { campaignId: campaign.id }
  const cancel = useAction(campaignOperations.cancel, {
    invalidates: ['campaigns.', 'analytics.'],
    onSuccess: onClose,
  })
  const remove = useAction(campaignOperations.remove, {
    invalidates: ['campaigns.list', 'analytics.'],
    onSuccess: () => {
      toast.success(t('actions.removed', { name: campaign.name }))
      void navigate({ to: '/campaigns' })
    },
  })
  const action = asked === 'cancel' ? cancel : remove
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t(`confirm.${asked}.title`, { name: campaign.name })}
      text={t(`confirm.${asked}.text`, { count: campaign.figures.queued })}
      action={t(`confirm.${asked}.action`)}
      busy={action.isPending}
      onConfirm={() => action.mutate({ params })}
    />
  )
}
