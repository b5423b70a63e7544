import { unknownMessageOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'
import { bodyOf, countOf } from './decision.ts'
import type { Plan } from './decision.ts'

export type SettleDialogProps = { plan: Plan; onClose: () => void; onSettled: () => void }

/** Says what a decision does to how many people, and afterwards what came of it. */
export function SettleDialog({ plan, onClose, onSettled }: SettleDialogProps) {
  const { t } = useTranslation('unknown-messages')
  const { decision, target, key } = plan
  const count = countOf(target)
  const settle = useAction(unknownMessageOperations.settle, {
    invalidates: ['unknownMessages.', 'campaigns.', 'report.', 'analytics.'],
    onSuccess: ({ settled, left }) => {
      const done = t(`done.${decision}`, { count: settled })
      const why = decision === 'send_again' ? 'done.leftUnsent' : 'done.left'
      const rest = left > 0 ? { description: t(why, { count: left }) } : {}
      if (settled > 0) toast.success(done, rest)
      else toast.info(t('done.nothing'), rest)
      onSettled()
    },
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      danger={decision === 'send_again'}
      title={t(`ask.${decision}.title`, { count })}
      text={t(`ask.${decision}.text`)}
      action={t(`ask.${decision}.action`, { count })}
      busy={settle.isPending}
      onConfirm={() => settle.mutate({ body: bodyOf(plan), idempotencyKey: key })}
    >
      {target.kind === 'campaign' && (
        <p className="text-sm text-muted">{t('ask.wholeCampaign', { name: target.name })}</p>
      )}
    </ConfirmDialog>
  )
}
