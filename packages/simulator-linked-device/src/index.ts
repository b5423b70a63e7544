export type { ButtonForm, ReadMessage } from './account.ts'
export type { LinkedCredentials } from './credentials.ts'
export {
  startLinkedDeviceServer,
  type LinkedDeviceControl,
  type LinkedDeviceServer,
  type LinkedDeviceServerOptions,
} from './linked-device-server.ts'
export type { LoginAnswer } from './lines.ts'
export type { MediaHost } from './media-host.ts'
export type { ScanResult } from './pairing-line.ts'
