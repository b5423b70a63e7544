import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import type { BulkChange } from './contact-bulk.repo.ts'
import { changeContacts, removeContacts } from './contact-bulk.repo.ts'
import type { SelectionInput } from './contact-filter.ts'
import { toSelection } from './contact-filter.ts'
import { areGroupsKnown } from './contact-groups.repo.ts'
import { retryable } from './contacts.repo.ts'

export type BulkChangeInput = { readonly [K in keyof BulkChange]?: BulkChange[K] | undefined }

/** Changes of many contacts at once; each is one transaction. */
export function createContactBulkService(core: Core) {
  return {
    /** @returns How many contacts the selection holds. @throws AppError `not_found` for unknown tags and lists. */
    bulkUpdate: (workspaceId: WorkspaceId, actor: Actor, input: SelectionInput, change: BulkChangeInput) =>
      retryable(() =>
        core.inWorkspace(workspaceId, async (scope) => {
          const {
            addTagIds = [],
            removeTagIds = [],
            addListIds = [],
            removeListIds = [],
            active = null,
          } = change
          if (
            !(await areGroupsKnown(scope, [...addTagIds, ...removeTagIds], [...addListIds, ...removeListIds]))
          ) {
            throw new AppError('not_found')
          }
          const whole: BulkChange = { addTagIds, removeTagIds, addListIds, removeListIds, active }
          const contacts = await changeContacts(
            scope,
            await toSelection(scope, input, core.now()),
            whole,
            core.now(),
          )
          await core.audit(scope, { actor, action: 'contact.bulk_update', details: { contacts, ...whole } })
          await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
          return { contacts }
        }),
      ),

    /**
     * Deletes many contacts, if they are exactly as many as the person was told.
     *
     * @throws AppError `conflict` with the number there are.
     */
    bulkRemove: (workspaceId: WorkspaceId, actor: Actor, input: SelectionInput, confirmCount: number) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const contacts = await removeContacts(scope, await toSelection(scope, input, core.now()))
        if (contacts !== confirmCount) throw new AppError('conflict', { reason: 'count_changed', contacts })
        await core.audit(scope, { actor, action: 'contact.bulk_remove', details: { contacts } })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
        return { contacts }
      }),
  }
}
