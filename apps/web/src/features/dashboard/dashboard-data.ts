import type { ResponseOf, dashboardOperations } from '@siar/contract'

/** Everything the first page shows except the senders. */
export type DashboardData = ResponseOf<typeof dashboardOperations.get>
