import { dashboardOperations } from '@siar/contract'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { InboxService } from './inbox.service.ts'

export function inboxBindings(service: InboxService): Binding[] {
  return [
    bind(dashboardOperations.listConversations, ({ workspaceId, query }) =>
      service.listConversations(workspaceId, query),
    ),
  ]
}
