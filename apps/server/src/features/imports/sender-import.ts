import type { KnownPerson } from '@siar/channel'
import type { SenderId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import type { SenderDesk } from '../senders/index.ts'
import { takeRows } from './import-intake.ts'
import type { ImportRow } from './imports.repo.ts'
import { findSenderName } from './imports.repo.ts'
import { rowsOfPeople, senderTargets } from './sender-people.ts'

export interface SenderImport {
  /**
   * Asks the live session of a sender for its address book, or for the members of one of its groups, and keeps them as an
   * import that has not started. Takes up to 40 s.
   *
   * @throws AppError `not_found` for a sender or a group that is not there, `import_nobody`, and what `SenderDesk.ask` throws.
   */
  (
    workspaceId: WorkspaceId,
    actor: Actor,
    from: { readonly senderId: SenderId; readonly groupId: string | null },
    signal?: AbortSignal,
  ): Promise<ImportRow>
}

export function createSenderImport(core: Core, desk: SenderDesk): SenderImport {
  return async (workspaceId, actor, { senderId, groupId }, signal) => {
    const sender = await core.inWorkspace(workspaceId, (scope) => findSenderName(scope, senderId))
    if (sender === null) throw new AppError('not_found')
    const { name, people } =
      groupId === null
        ? {
            name: sender.name,
            people: await desk.ask(workspaceId, senderId, { kind: 'address_book' }, signal),
          }
        : await membersOf(desk, workspaceId, senderId, groupId, signal)
    const rows = rowsOfPeople(people, new Set(sender.phone === null ? [] : [sender.phone]))
    if (rows.length === 0) throw new AppError('import_nobody')
    const format = groupId === null ? 'address_book' : 'group'
    return takeRows(core, workspaceId, actor, { name, format, rows, guesses: senderTargets })
  }
}

async function membersOf(
  desk: SenderDesk,
  workspaceId: WorkspaceId,
  senderId: SenderId,
  groupId: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly name: string; readonly people: readonly KnownPerson[] }> {
  const groups = await desk.ask(workspaceId, senderId, { kind: 'groups' }, signal)
  const group = groups.find(({ id }) => id === groupId)
  if (!group) throw new AppError('not_found')
  const people = await desk.ask(workspaceId, senderId, { kind: 'group_members', groupId }, signal)
  return { name: group.name, people }
}
