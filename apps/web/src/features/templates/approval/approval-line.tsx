import type { TemplateApproval } from '@siar/contract'
import { templateApprovalOperations } from '@siar/contract'
import { Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { languageNames } from '#i18n/language.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'
import { ApprovalBadge } from './approval-badge.tsx'
import type { ApprovalRow } from './approval-rows.ts'

export type ApprovalLineProps = { templateId: string; row: ApprovalRow; onSubmit: () => void }

/** One text in one account: its status, why, and what may be done. */
export function ApprovalLine({ templateId, row, onSubmit }: ApprovalLineProps) {
  const { t } = useTranslation('templates')
  const can = useCan()
  const { draft, approval, canSubmit } = row
  const isBlocked = draft.problems.length > 0
  const action = isBlocked ? 'approval.why' : approval ? 'approval.submitAgain' : 'approval.submit'
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="mr-1">{languageNames[draft.language]}</span>
          <ApprovalBadge status={approval?.status ?? null} />
          {approval && <Category approval={approval} />}
          {approval && !approval.isCurrent && <Badge tone="warn">{t('approval.changed')}</Badge>}
        </p>
        {approval && <Explanation approval={approval} />}
        {isBlocked && canSubmit && (
          <p className="mt-1 text-xs text-warn-ink">
            {t('approval.blocked', { count: draft.problems.length })}
          </p>
        )}
      </div>
      <div className="flex items-center gap-1">
        {can('templates.write') && canSubmit && (
          <Button size="sm" {...(isBlocked ? {} : { icon: <Send aria-hidden /> })} onClick={onSubmit}>
            {t(action)}
          </Button>
        )}
        {approval && can('data.delete') && <Withdraw templateId={templateId} approval={approval} />}
      </div>
    </li>
  )
}

function Category({ approval }: { approval: TemplateApproval }) {
  const { t } = useTranslation('templates')
  const isMoved = approval.category !== approval.categoryAsked
  return <Badge tone={isMoved ? 'warn' : 'outline'}>{t(`approval.category.${approval.category}.name`)}</Badge>
}

function Explanation({ approval }: { approval: TemplateApproval }) {
  const { t } = useTranslation('templates')
  const { status, reason, category, categoryAsked, isCurrent, name, statusAt } = approval
  return (
    <div className="mt-1 flex flex-col gap-1 text-xs text-muted">
      {reason && <p className="text-ink">{reason}</p>}
      {status !== 'approved' && status !== 'pending' && <p>{t(`approval.statusText.${status}`)}</p>}
      {category !== categoryAsked && (
        <p className="text-warn-ink">
          {t('approval.moved', {
            from: t(`approval.category.${categoryAsked}.name`),
            to: t(`approval.category.${category}.name`),
          })}
        </p>
      )}
      {!isCurrent && <p>{t('approval.changedText')}</p>}
      <p className="break-words text-subtle">
        <code className="font-mono">{name}</code> · <RelativeTime at={statusAt} />
      </p>
    </div>
  )
}

function Withdraw({ templateId, approval }: { templateId: string; approval: TemplateApproval }) {
  const { t } = useTranslation('templates')
  const [asking, setAsking] = useState(false)
  const withdraw = useAction(templateApprovalOperations.withdraw, {
    invalidates: ['templates.listApprovals'],
    onSuccess: () => {
      toast.success(t('approval.withdraw.done'))
      setAsking(false)
    },
  })
  return (
    <>
      <IconButton
        size="sm"
        label={t('approval.withdraw.action')}
        icon={<Trash2 aria-hidden />}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        danger
        title={t('approval.withdraw.title')}
        text={t('approval.withdraw.text', { language: languageNames[approval.language] })}
        action={t('approval.withdraw.action')}
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate({ params: { templateId, approvalId: approval.id } })}
      />
    </>
  )
}
