import type { adminOperations } from '@siar/contract'
import type { OperationOutput } from '#app/operation.ts'

/** One user as the list of the platform admin shows it. */
export type UserRow = OperationOutput<typeof adminOperations.listUsers>['data'][number]
