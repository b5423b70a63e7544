import { templateApprovalOperations as operations } from '@siar/contract'
import type { ApprovalId, TemplateId } from '@siar/domain'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { ApprovalService } from './approvals.service.ts'

export function approvalBindings(approvals: ApprovalService): Binding[] {
  return [
    bind(operations.list, ({ workspaceId, language, params }) =>
      approvals.list(workspaceId, language, params.templateId as TemplateId),
    ),
    bind(operations.submit, ({ workspaceId, actor, language, params, body }) =>
      approvals.submit(workspaceId, actor, language, params.templateId as TemplateId, body),
    ),
    bind(operations.refresh, ({ workspaceId, language, params }) =>
      approvals.refresh(workspaceId, language, params.templateId as TemplateId),
    ),
    bind(operations.withdraw, async ({ workspaceId, actor, params }) => {
      const { templateId, approvalId } = params
      await approvals.withdraw(workspaceId, actor, templateId as TemplateId, approvalId as ApprovalId)
      return undefined
    }),
  ]
}
