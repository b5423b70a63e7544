export { countClicked } from './clicked.ts'
export { scheduleGuard } from './guardian.jobs.ts'
export { createSending } from './sending.service.ts'
export type { Sending, SendingDependencies, SendingOptions } from './sending.service.ts'
