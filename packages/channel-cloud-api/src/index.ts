export { accessParts, checkCloudApiAccess } from './access-check.ts'
export type { AccessCheck, AccessPart, AccessProblem, AccessReport, AccessResult } from './access-check.ts'
export { cloudApiCapabilities, CloudApiSettingsInvalid, createCloudApiChannel } from './channel.ts'
export type { CloudApiOptions } from './channel.ts'
export { exchangeSignupCode, registerNumber, subscribeToAccount } from './embedded-signup.ts'
export type { AccountCall, RegisterCall, SignupCode, SignupStep } from './embedded-signup.ts'
export { graphApiUrl } from './graph-api-url.ts'
export type { OutsideCall } from './outside-client.ts'
export {
  cloudApiSecretsSchema,
  cloudApiSettingsSchema,
  defaultApiVersion,
  parseCloudApiSecrets,
  parseCloudApiSettings,
} from './settings.ts'
export type { CloudApiSecrets, CloudApiSettings, ParsedSettings, SettingProblem } from './settings.ts'
export { cloudApiWebhook, signatureOf } from './webhook.ts'
