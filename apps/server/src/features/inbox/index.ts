export { inboxBindings } from './inbox.routes.ts'
export { createInboxService } from './inbox.service.ts'
export type { InboxService } from './inbox.service.ts'
