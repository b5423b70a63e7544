import type { contactOperations, ResponseOf } from '@siar/contract'

export type ListRow = ResponseOf<typeof contactOperations.listLists>['data'][number]
