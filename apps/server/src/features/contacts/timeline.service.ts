import type { ContactId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Core } from '../../core.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import { findContact } from './contacts.repo.ts'
import { listTimeline } from './timeline.repo.ts'

/** What happened with one contact. */
export function createTimelineService(core: Core) {
  return {
    /** Newest first. @throws AppError `not_found`. */
    async timeline(
      workspaceId: WorkspaceId,
      id: ContactId,
      page: { cursor?: string | undefined; limit: number },
    ) {
      const after = decodeCursor(page.cursor, ['instant', 'text'])
      return core.inWorkspace(workspaceId, async (scope) => {
        const rows = await listTimeline(scope, id, after, page.limit + 1)
        if (rows.length === 0 && (await findContact(scope, id)) === null) throw new AppError('not_found')
        return toPage(rows, page.limit, (row) => [row.atText, row.key])
      })
    },
  }
}
