export { defaultTimes, type ConnectionTimes } from './connection-step.ts'
export { parseWahaSecrets, parseWahaSettings, WahaSecrets, WahaSettings } from './settings.ts'
export { createWahaChannel, type WahaOptions } from './waha-channel.ts'
