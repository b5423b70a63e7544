import type { dashboardOperations, QueryOf, ResponseInput } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import { listConversations } from './inbox.repo.ts'

type Query = QueryOf<typeof dashboardOperations.listConversations>
type Page = ResponseInput<typeof dashboardOperations.listConversations>

export interface InboxService {
  listConversations(workspaceId: WorkspaceId, query: Query): Promise<Page>
}

export function createInboxService(core: Core): InboxService {
  return {
    listConversations: async (workspaceId, { cursor, limit }) => {
      const keys = decodeCursor(cursor, ['milliseconds', 'text'])
      const before = keys ? { at: new Date(Number(keys[0])), id: keys[1] ?? '' } : null
      const found = await core.inWorkspace(workspaceId, (scope) =>
        listConversations(scope, before, limit + 1),
      )
      const { rows, nextCursor } = toPage(found, limit, (row) => [
        String(row.lastMessageAt.getTime()),
        row.id,
      ])
      return {
        data: rows.map((row) => ({ ...row, lastMessageAt: row.lastMessageAt.toISOString() })),
        nextCursor,
      }
    },
  }
}
