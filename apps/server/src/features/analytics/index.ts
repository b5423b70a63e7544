export { analyticsBindings } from './analytics.routes.ts'
export { createAnalyticsService } from './analytics.service.ts'
export type { AnalyticsService } from './analytics.service.ts'
