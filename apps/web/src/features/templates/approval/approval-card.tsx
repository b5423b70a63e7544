import type { ApprovalAccount, Template, TemplateApprovals } from '@siar/contract'
import { templateApprovalOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { BadgeCheck, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { ApprovalLine } from './approval-line.tsx'
import { approvalRows } from './approval-rows.ts'
import type { ApprovalRow } from './approval-rows.ts'
import { SubmitDialog } from './submit-dialog.tsx'

export type ApprovalCardProps = {
  template: Template
  /** The page has changes that are not saved: what is submitted is what was saved. */
  isUnsaved: boolean
}

/** How far each text of a template has come with Meta, for each business account of the workspace. */
export function ApprovalCard({ template, isUnsaved }: ApprovalCardProps) {
  const { t } = useTranslation('templates')
  const can = useCan()
  const params = { templateId: template.id }
  const found = useOperation(templateApprovalOperations.list, { params })
  const refresh = useAction(templateApprovalOperations.refresh, {
    invalidates: ['templates.listApprovals'],
    onSuccess: () => toast.success(t('approval.refreshed')),
  })
  const canRefresh = can('templates.write') && (found.data?.approvals.length ?? 0) > 0
  return (
    <Card
      title={t('approval.title')}
      text={t('approval.text')}
      aside={
        canRefresh && (
          <Button
            size="sm"
            icon={<RefreshCw aria-hidden />}
            busy={refresh.isPending}
            onClick={() => refresh.mutate({ params })}
          >
            {t('approval.refresh')}
          </Button>
        )
      }
    >
      {found.error && !found.data && (
        <ProblemState error={found.error} onRetry={() => void found.refetch()} />
      )}
      {!found.data && !found.error && <Skeleton className="h-24 w-full" />}
      {found.data?.accounts.length === 0 && <NoAccount />}
      {found.data && found.data.accounts.length > 0 && (
        <Accounts template={template} approvals={found.data} isUnsaved={isUnsaved} />
      )}
    </Card>
  )
}

type AccountsProps = ApprovalCardProps & { approvals: TemplateApprovals }
type Submitting = { account: ApprovalAccount; row: ApprovalRow }

function Accounts({ template, approvals, isUnsaved }: AccountsProps) {
  const { t } = useTranslation('templates')
  const [submitting, setSubmitting] = useState<Submitting | null>(null)
  return (
    <>
      <ul className="flex flex-col gap-5">
        {approvals.accounts.map((account) => (
          <li key={account.wabaId}>
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="min-w-0 font-medium break-words">
                {account.senders.map(({ name }) => name).join(', ')}
              </span>
              <span className="text-xs text-subtle tabular-nums">
                {t('approval.account', { id: account.wabaId })}
              </span>
            </p>
            <ul className="mt-1 divide-y divide-line">
              {approvalRows(approvals, account.wabaId).map((row) => (
                <ApprovalLine
                  key={row.draft.language}
                  templateId={template.id}
                  row={row}
                  onSubmit={() => setSubmitting({ account, row })}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {submitting && (
        <SubmitDialog
          template={template}
          account={submitting.account}
          draft={submitting.row.draft}
          suggested={approvals.categorySuggested}
          isUnsaved={isUnsaved}
          onClose={() => setSubmitting(null)}
        />
      )}
    </>
  )
}

function NoAccount() {
  const { t } = useTranslation('templates')
  const can = useCan()
  return (
    <EmptyState
      icon={BadgeCheck}
      title={t('approval.empty.title')}
      text={t('approval.empty.text')}
      action={
        can('senders.manage') && (
          <Button asChild>
            <Link to="/senders">{t('approval.empty.action')}</Link>
          </Button>
        )
      }
    />
  )
}
