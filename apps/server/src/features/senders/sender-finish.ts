import type { Sender } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { SenderId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { presentSenders } from './sender-facts.ts'
import { findSender, insertSenderEvent } from './senders.repo.ts'
import type { SenderRow } from './senders.repo.ts'

/** @throws AppError `not_found`. */
export async function getSender(scope: WorkspaceScope, senderId: SenderId): Promise<SenderRow> {
  const row = await findSender(scope, senderId)
  if (!row) throw new AppError('not_found')
  return row
}

export async function presentOne(core: Core, scope: WorkspaceScope, row: SenderRow): Promise<Sender> {
  const [sender] = await presentSenders(scope, [row], core.now(), core.config.publicUrl)
  if (!sender) throw new AppError('not_found')
  return sender
}

/** What every change ends with: the audit line, the word to the owner of the session, the sender as it is now. */
export async function finish(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  action: string,
  senderId: SenderId,
): Promise<Sender> {
  await core.audit(scope, { actor, action, subjectId: senderId })
  await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId: scope.workspaceId, id: senderId })
  return presentOne(core, scope, await getSender(scope, senderId))
}

export async function recordEvent(
  core: Core,
  scope: WorkspaceScope,
  senderId: SenderId,
  kind: string,
): Promise<void> {
  await insertSenderEvent(scope, {
    id: core.newId('evt'),
    workspaceId: scope.workspaceId,
    senderId,
    kind,
    at: core.now(),
  })
}
