import type { ResponseOf, adminOperations } from '@siar/contract'

/** One workspace in the list of the platform admin. */
export type WorkspaceRow = ResponseOf<typeof adminOperations.listWorkspaces>['data'][number]
