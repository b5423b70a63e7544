import type { WorkspaceScope } from '@siar/database'
import { loadUsableApprovals } from '../templates/index.ts'
import { createApprovedMessages } from './approved-message.ts'
import type { ApprovedMessage, ApprovedMessages } from './approved-message.ts'
import type { RenderContact } from './message-renderer.ts'
import type { RunContent } from './run-content.ts'
import { listBusinessAccounts } from './start-facts.repo.ts'

/**
 * Texts that Meta has approved as templates. The forecast, the start of a run and the lane ask here and nowhere else whether a text may go
 * to somebody whose window is closed.
 */
export interface ApprovedTexts {
  /** Whether this text, as it stands, is approved on the account of the sender; one that is paused still counts. */
  readonly has: (senderId: string, content: RunContent) => boolean
  /** Whether the only approval it has is paused by Meta: the first message with it halts the campaign. */
  readonly isPaused: (senderId: string, content: RunContent) => boolean
  /** The message for one person as an approved template; null where there is no approval. */
  readonly render: (senderId: string, content: RunContent, contact: RenderContact) => ApprovedMessage | null
}

/** Without an approval every text needs an open window. */
export const nothingApproved: ApprovedTexts = { has: () => false, isPaused: () => false, render: () => null }

/** Compiled once for each message of a run; lanes keep the message as long as the run. */
const compiled = new WeakMap<RunContent, ApprovedMessages>()

function messagesOf(content: RunContent): ApprovedMessages {
  let messages = compiled.get(content)
  if (!messages) {
    messages = createApprovedMessages(content)
    compiled.set(content, messages)
  }
  return messages
}

/** Reads what is approved of these texts on the accounts of these senders. */
export async function findApprovedTexts(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  contents: readonly RunContent[],
): Promise<ApprovedTexts> {
  if (senderIds.length === 0 || contents.length === 0) return nothingApproved
  const accounts = await listBusinessAccounts(scope, senderIds)
  const approvals = await loadUsableApprovals(
    scope,
    contents.map(({ templateId }) => templateId),
  )
  const ask = <T>(senderId: string, otherwise: T, run: (wabaId: string) => T): T => {
    const wabaId = accounts.get(senderId)
    return wabaId === undefined ? otherwise : run(wabaId)
  }
  return {
    has: (senderId, content) =>
      ask(senderId, false, (wabaId) => messagesOf(content).hasApproval(approvals, wabaId)),
    isPaused: (senderId, content) =>
      ask(senderId, false, (wabaId) => messagesOf(content).isPaused(approvals, wabaId)),
    render: (senderId, content, contact) =>
      ask(senderId, null, (wabaId) => messagesOf(content).render(approvals, wabaId, contact)),
  }
}
