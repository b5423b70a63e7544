export { countClicked } from './clicked.ts'
export { createSending } from './sending.service.ts'
export type { Sending, SendingDependencies, SendingOptions } from './sending.service.ts'
