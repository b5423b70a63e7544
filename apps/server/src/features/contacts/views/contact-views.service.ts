import type { BodyOf, contactViewOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../../core.ts'
import { isUniqueViolation } from '../contacts.repo.ts'
import type { ContactViewRow } from './contact-views.repo.ts'
import { countViews, insertView, listViews, removeView } from './contact-views.repo.ts'

export type ContactViewService = ReturnType<typeof createContactViewService>

const viewsMax = 100

/** Views of the contact list under a name. A view of one member does not exist for the others. */
export function createContactViewService(core: Core) {
  return {
    /** Those of the workspace and the member's own, by name. */
    list: (workspaceId: WorkspaceId, actor: Actor): Promise<ContactViewRow[]> =>
      core.inWorkspace(workspaceId, (scope) => listViews(scope, actor.id)),

    /** @throws AppError `already_exists` when the member has one of this name; `validation_failed` beyond 100 views. */
    async create(
      workspaceId: WorkspaceId,
      actor: Actor,
      view: BodyOf<typeof contactViewOperations.create>,
    ): Promise<ContactViewRow> {
      const row = { ...view, id: core.newId('viw') }
      await core
        .inWorkspace(workspaceId, async (scope) => {
          if ((await countViews(scope, actor.id)) >= viewsMax) {
            const problems = [{ path: 'name', message: `at most ${viewsMax} views of one member` }]
            throw new AppError('validation_failed', { problems })
          }
          await insertView(scope, { ...row, createdBy: actor.id, at: core.now() })
          await core.audit(scope, { actor, action: 'contact_view.create', subjectId: row.id })
        })
        .catch((error: unknown) => {
          throw isUniqueViolation(error) ? new AppError('already_exists', {}, { cause: error }) : error
        })
      return { ...row, isOwn: true }
    },

    /** @throws AppError `not_found`, also for a view of another member that is not shared. */
    remove: (workspaceId: WorkspaceId, actor: Actor, id: string): Promise<void> =>
      core.inWorkspace(workspaceId, async (scope) => {
        if (!(await removeView(scope, id, actor.id))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'contact_view.remove', subjectId: id })
      }),
  }
}
