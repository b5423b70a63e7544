import type { ResponseOf, campaignOperations } from '@siar/contract'

/** One recipient in the log of a campaign. */
export type LogRow = ResponseOf<typeof campaignOperations.listRecipients>['data'][number]
