import { approvalStatusCodes, metaTemplateCategories, submittableCategories } from '@siar/domain'
import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { idOf, instant, language, noContent } from './shapes.ts'

const wabaId = z.string().regex(/^\d{5,20}$/, 'digits only')

/** What Meta sees of a text: `{{name}}` in the body is a parameter. */
const ApprovalParts = z.object({
  header: z.enum(['image', 'document']).nullable(),
  body: z.string(),
  footer: z.string().nullable(),
})

/** One text of a template as it was submitted to one WhatsApp Business account. */
export const TemplateApproval = ApprovalParts.extend({
  id: z.string(),
  language,
  wabaId: z.string(),
  /** Name and language by which Meta knows it. */
  name: z.string(),
  remoteLanguage: z.string(),
  status: z.enum(approvalStatusCodes),
  /** Why it is in this status, in plain words; null where Meta gave no reason. */
  reason: z.string().nullable(),
  statusAt: instant,
  categoryAsked: z.enum(metaTemplateCategories),
  /** What Meta made of it, by which it charges. */
  category: z.enum(metaTemplateCategories),
  /** The template still says what was submitted; otherwise only campaigns that started before use it. */
  isCurrent: z.boolean(),
  parameters: z.array(z.object({ name: z.string(), variable: z.string() })),
  submittedAt: instant,
  /** When Meta was last asked; null before the first time. */
  syncedAt: instant.nullable(),
}).meta({ id: 'TemplateApproval' })
export type TemplateApproval = z.output<typeof TemplateApproval>

/** A WhatsApp Business account that senders of the workspace belong to. */
export const ApprovalAccount = z
  .object({
    wabaId: z.string(),
    senders: z.array(z.object({ id: z.string(), name: z.string(), phone: z.string().nullable() })),
    /** One of its senders is connected, so that Meta can be asked. */
    isOnline: z.boolean(),
    /** The App ID is known, without which Meta takes no example of a picture or document. */
    takesFiles: z.boolean(),
  })
  .meta({ id: 'ApprovalAccount' })
export type ApprovalAccount = z.output<typeof ApprovalAccount>

/** One text of a template in the form in which it would be submitted now, and what stands against it. */
export const ApprovalDraft = ApprovalParts.extend({
  language,
  parameters: z.array(z.object({ name: z.string(), variable: z.string(), example: z.string() })),
  /** Places with several ways to say it, of which only the first is submitted. */
  choicesFixed: z.number().int(),
  /** Empty when it can be submitted; then `body` is what Meta sees. */
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
}).meta({ id: 'ApprovalDraft' })
export type ApprovalDraft = z.output<typeof ApprovalDraft>

export const TemplateApprovals = z
  .object({
    /** Empty while the workspace has no Cloud API sender. */
    accounts: z.array(ApprovalAccount),
    /** One for each language the template has a text in. */
    drafts: z.array(ApprovalDraft),
    /** Newest first. */
    approvals: z.array(TemplateApproval),
    categorySuggested: z.enum(submittableCategories),
  })
  .meta({ id: 'TemplateApprovals' })
export type TemplateApprovals = z.output<typeof TemplateApprovals>

const params = z.object({ templateId: idOf('tpl') })

export const templateApprovalOperations = {
  list: defineOperation({
    id: 'templates.listApprovals',
    method: 'GET',
    path: '/api/v1/templates/:templateId/approvals',
    summary: 'Approval by Meta of a template: business accounts, what would be submitted, what became of it',
    access: 'workspace.read',
    params,
    response: TemplateApprovals,
  }),
  submit: defineOperation({
    id: 'templates.submitApproval',
    method: 'POST',
    path: '/api/v1/templates/:templateId/approvals',
    summary: 'Submit one text of a template to Meta for approval',
    access: 'templates.write',
    params,
    body: z.object({
      language,
      wabaId,
      category: z.enum(submittableCategories),
      /** By name of the parameter: what the reviewers see in its place. Others get an example of ours. */
      examples: z.record(z.string().regex(/^[a-z_]{1,20}$/), z.string().trim().min(1).max(100)).default({}),
    }),
    status: 201,
    response: TemplateApproval,
  }),
  refresh: defineOperation({
    id: 'templates.refreshApprovals',
    method: 'POST',
    path: '/api/v1/templates/:templateId/approvals/refresh',
    summary: 'Ask Meta now how far the approvals of a template are',
    access: 'templates.write',
    params,
    response: TemplateApprovals,
  }),
  withdraw: defineOperation({
    id: 'templates.withdrawApproval',
    method: 'DELETE',
    path: '/api/v1/templates/:templateId/approvals/:approvalId',
    summary: 'Delete what was submitted, at Meta too; nothing can be sent with it any more',
    access: 'data.delete',
    params: params.extend({ approvalId: idOf('apv') }),
    status: 204,
    response: noContent,
  }),
} as const
