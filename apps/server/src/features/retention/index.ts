export { retentionJobs, scheduleRetention } from './retention.jobs.ts'
export { createRetention } from './retention.service.ts'
export type { Retention } from './retention.service.ts'
