/**
 * How far one text has come with Meta.
 *
 * - `submitting`: on its way; whether Meta has it is not known.
 * - `pending`, `approved`, `rejected`, `paused`, `disabled`: as Meta says.
 * - `altered`: somebody changed it at Meta; it no longer says what Siar would send.
 * - `failed`: it never reached Meta. `removed`: Meta has it no more.
 */
export const approvalStatusCodes = [
  'submitting',
  'pending',
  'approved',
  'rejected',
  'paused',
  'disabled',
  'altered',
  'failed',
  'removed',
] as const

export type ApprovalStatus = (typeof approvalStatusCodes)[number]

/** Meta's own categories, by which it charges. */
export const metaTemplateCategories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const

export type MetaTemplateCategory = (typeof metaTemplateCategories)[number]

/** Those a text of one's own can be submitted as; the others have fixed texts of Meta. */
export const submittableCategories = ['MARKETING', 'UTILITY'] as const

/** While a text is so, the same text is not submitted again to the same account. */
export const liveApprovalStatuses = [
  'submitting',
  'pending',
  'approved',
  'paused',
] as const satisfies readonly ApprovalStatus[]
