import type { ApprovalStatus as ChannelStatus, RemoteTemplate, TemplateChange } from '@siar/channel'
import type { ApprovalStatus } from '@siar/domain'
import type { ApprovalChange, ApprovalRow } from './approvals.repo.ts'

const reasonMax = 500
/** How long a submission whose end is not known may take to show up at Meta. */
export const settleMs = 10 * 60_000

const statuses: Readonly<Record<ChannelStatus, ApprovalStatus>> = {
  PENDING: 'pending',
  APPROVED: 'approved',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
}

export const statusOf = (status: ChannelStatus): ApprovalStatus => statuses[status]

/** PostgreSQL keeps no zero byte in a text. */
const clean = (reason: string | null): string | null =>
  reason === null ? null : reason.replaceAll('\0', '').slice(0, reasonMax)

/** What a look at the account says of one submission. `remote` null: Meta does not have it. @returns null for no change. */
export function changeByLook(row: ApprovalRow, remote: RemoteTemplate | null, now: Date): ApprovalChange {
  const { remoteId, status, reason, category } = row
  if (remote === null) {
    if (status === 'failed' || status === 'removed') return { remoteId, status, reason, category }
    if (remoteId !== null) return { remoteId, status: 'removed', reason: null, category }
    const isLost = now.getTime() - row.createdAt.getTime() >= settleMs
    return {
      remoteId,
      status: isLost ? 'failed' : status,
      reason: isLost ? 'not_received' : reason,
      category,
    }
  }
  return {
    remoteId: remote.remoteId,
    status: isAltered(row, remote) ? 'altered' : statusOf(remote.status),
    // A list tells the reason of a rejection only; what a webhook told of a pause stays.
    reason: clean(remote.reason) ?? (statusOf(remote.status) === status ? reason : null),
    category: remote.category,
  }
}

const plain = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim()

/** Somebody wrote something else at Meta. */
function isAltered(row: ApprovalRow, { submission, parameterFormat }: RemoteTemplate): boolean {
  if (submission === null) return true
  const { header, body, footer, buttons } = submission
  const kind = header.kind === 'media' ? header.media : header.kind === 'none' ? null : 'text'
  return (
    plain(body) !== plain(row.body) ||
    plain(footer) !== plain(row.footer) ||
    kind !== row.header ||
    buttons.length > 0 ||
    (row.parameters.length > 0 && parameterFormat !== 'NAMED')
  )
}

/** What a webhook says of one submission. */
export function changeByWebhook(row: ApprovalRow, told: TemplateChange): ApprovalChange {
  const status = told.status === null ? row.status : statusOf(told.status)
  return {
    remoteId: told.remoteId,
    status: row.status === 'altered' && status === 'approved' ? 'altered' : status,
    reason: told.status === null ? row.reason : clean(told.reason),
    category: told.category ?? row.category,
  }
}

export const isToldOf = (row: ApprovalRow, told: TemplateChange): boolean =>
  row.remoteId === told.remoteId || (row.name === told.name && row.remoteLanguage === told.language)

/** Messages go with it; with a paused one the first halts its campaign. See `loadUsableApprovals`. */
export function isUsable(status: ApprovalStatus): boolean {
  return status === 'approved' || status === 'paused'
}
