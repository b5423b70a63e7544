import type { ListId, TagId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { isUniqueViolation } from './contacts.repo.ts'
import {
  insertList,
  insertTag,
  isListInUse,
  listLists,
  listTags,
  removeList,
  removeTag,
  updateList,
} from './groups.repo.ts'

export type GroupService = ReturnType<typeof createGroupService>

/** Tags and lists. Names are unique in a workspace, whatever their case. */
export function createGroupService(core: Core) {
  return {
    listTags: (workspaceId: WorkspaceId) => core.inWorkspace(workspaceId, listTags),

    /** @throws AppError `already_exists`. */
    createTag: (workspaceId: WorkspaceId, actor: Actor, tag: { name: string; colour: string }) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const made = await insertTag(scope, { ...tag, id: core.newId('tag'), at: core.now() })
        if (made === null) throw new AppError('already_exists')
        await core.audit(scope, { actor, action: 'tag.create', subjectId: made.id })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
        return made
      }),

    /** @throws AppError `not_found`. */
    removeTag: (workspaceId: WorkspaceId, actor: Actor, id: TagId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        if (!(await removeTag(scope, id))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'tag.remove', subjectId: id })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
      }),

    listLists: (workspaceId: WorkspaceId) => core.inWorkspace(workspaceId, listLists),

    /** @throws AppError `already_exists`. */
    createList: (workspaceId: WorkspaceId, actor: Actor, list: { name: string; description: string }) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const made = await insertList(scope, { ...list, id: core.newId('lst'), at: core.now() })
        if (made === null) throw new AppError('already_exists')
        await core.audit(scope, { actor, action: 'list.create', subjectId: made.id })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
        return made
      }),

    /** @throws AppError `not_found`, `already_exists`. */
    async updateList(
      workspaceId: WorkspaceId,
      actor: Actor,
      id: ListId,
      list: { name?: string | undefined; description?: string | undefined },
    ) {
      const change = core.inWorkspace(workspaceId, async (scope) => {
        const values = { name: list.name ?? null, description: list.description ?? null }
        const changed = await updateList(scope, id, values)
        if (changed === null) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'list.update', subjectId: id })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
        return changed
      })
      return change.catch((error: unknown) => {
        throw isUniqueViolation(error) ? new AppError('already_exists', {}, { cause: error }) : error
      })
    },

    /** @throws AppError `not_found`; `list_in_use` while a campaign that has not ended names it. */
    removeList: (workspaceId: WorkspaceId, actor: Actor, id: ListId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        if (await isListInUse(scope, id)) throw new AppError('list_in_use')
        if (!(await removeList(scope, id))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'list.remove', subjectId: id })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
      }),
  }
}
