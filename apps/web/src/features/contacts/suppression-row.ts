import type { contactOperations, ResponseOf } from '@siar/contract'

export type SuppressionRow = ResponseOf<typeof contactOperations.listSuppressions>['data'][number]
