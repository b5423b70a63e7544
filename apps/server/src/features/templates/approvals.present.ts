import type { ApprovalAccount, TemplateApproval, TemplateApprovals } from '@siar/contract'
import { approvalReasonText } from '@siar/domain'
import type { Language } from '../../core.ts'
import type { AccountSender } from './approval-accounts.repo.ts'
import { compileText, presentDraft } from './approval-draft.ts'
import type { TemplateToApprove, TextLanguage } from './approval-draft.ts'
import type { ApprovalRow } from './approvals.repo.ts'
import { contentHashOf } from './content-hash.ts'
import { purposeOf } from './templates.present.ts'

/** @param currentHash Of what the template says in that language now; null where it cannot be submitted. */
export function presentApproval(
  row: ApprovalRow,
  currentHash: string | null,
  reader: Language,
): TemplateApproval {
  return {
    id: row.id,
    language: row.language,
    wabaId: row.wabaId,
    name: row.name,
    remoteLanguage: row.remoteLanguage,
    status: row.status,
    reason: row.reason === null ? null : approvalReasonText(row.reason, reader),
    statusAt: row.statusAt.toISOString(),
    categoryAsked: row.categoryAsked,
    category: row.category,
    isCurrent: row.contentHash === currentHash,
    header: row.header,
    body: row.body,
    footer: row.footer,
    parameters: row.parameters,
    submittedAt: row.createdAt.toISOString(),
    syncedAt: row.syncedAt?.toISOString() ?? null,
  }
}

/** One entry for each account, with its senders. */
export function presentAccounts(senders: readonly AccountSender[]): ApprovalAccount[] {
  const byAccount = Map.groupBy(senders, ({ wabaId }) => wabaId)
  return [...byAccount].map(([wabaId, own]) => ({
    wabaId,
    senders: own.map(({ id, name, phone }) => ({ id, name, phone })),
    isOnline: own.some(({ isOnline }) => isOnline),
    takesFiles: own.some(({ appId }) => appId !== null),
  }))
}

export function presentApprovals(
  template: TemplateToApprove,
  senders: readonly AccountSender[],
  rows: readonly ApprovalRow[],
  reader: Language,
): TemplateApprovals {
  const languages = (['id', 'en'] as const).filter((language) => template.row.texts[language]?.trim())
  const compiled = languages.map((language) => ({ language, result: compileText(template, language) }))
  const hashes = new Map<TextLanguage, string>()
  for (const { language, result } of compiled) if (result.ok) hashes.set(language, contentHashOf(result.text))
  return {
    accounts: presentAccounts(senders),
    drafts: compiled.map(({ language, result }) =>
      presentDraft(result, language, reader, template.row.texts[language] ?? ''),
    ),
    approvals: rows.map((row) => presentApproval(row, hashes.get(row.language) ?? null, reader)),
    categorySuggested: purposeOf(template.row.category) === 'marketing' ? 'MARKETING' : 'UTILITY',
  }
}
