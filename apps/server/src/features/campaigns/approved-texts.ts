import type { WorkspaceScope } from '@siar/database'
import type { RunContent } from './run-content.ts'

/**
 * Texts that Meta has approved as templates. The forecast, the start of a run and the lane ask here and nowhere else whether a text may go
 * to somebody whose window is closed.
 */
export interface ApprovedTexts {
  /** Whether this text, as it stands, is approved on the account of the sender. */
  readonly has: (senderId: string, content: RunContent) => boolean
}

/** Without an approval every text needs an open window. */
export const nothingApproved: ApprovedTexts = { has: () => false }

/** Reads what is approved of these texts on the accounts of these senders. */
export async function findApprovedTexts(
  _scope: WorkspaceScope,
  _senderIds: readonly string[],
  _contents: readonly RunContent[],
): Promise<ApprovedTexts> {
  return nothingApproved
}
