import type { ApprovalDraft, TemplateApproval, TemplateApprovals } from '@siar/contract'

/** One text in one account: what it says now, and what became of it. */
export type ApprovalRow = {
  draft: ApprovalDraft
  /** The submission that counts: of what the text says now when there is one, else the newest; null when there is none. */
  approval: TemplateApproval | null
  /** It may be submitted: nothing of what it says now is under way or approved. */
  canSubmit: boolean
}

const live: readonly TemplateApproval['status'][] = ['submitting', 'pending', 'approved', 'paused']

export function approvalRows({ drafts, approvals }: TemplateApprovals, wabaId: string): ApprovalRow[] {
  return drafts.map((draft) => {
    const own = approvals.filter((one) => one.wabaId === wabaId && one.language === draft.language)
    const approval = own.find(({ isCurrent }) => isCurrent) ?? own[0] ?? null
    return {
      draft,
      approval,
      canSubmit: approval === null || !approval.isCurrent || !live.includes(approval.status),
    }
  })
}
