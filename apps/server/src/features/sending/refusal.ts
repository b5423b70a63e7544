import type { RefusalAction, WorkspaceId } from '@siar/domain'

/** A refusal, at once or late, and whom it concerns. */
export interface Refusal {
  readonly action: RefusalAction
  readonly reason: string
  readonly workspaceId: WorkspaceId
  readonly senderId: string
  readonly campaignId: string | null
  readonly contactId: string | null
  readonly retryAfterMs: number | null
  /** Only of a refusal that came after the message had been accepted: the recipient stands as refused. */
  readonly lateRecipientId?: string | null
}
