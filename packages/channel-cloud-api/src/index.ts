export {
  cloudApiCapabilities,
  CloudApiSettingsInvalid,
  createCloudApiChannel,
  graphApiUrl,
} from './channel.ts'
export type { CloudApiOptions } from './channel.ts'
export {
  cloudApiSecretsSchema,
  cloudApiSettingsSchema,
  defaultApiVersion,
  parseCloudApiSecrets,
  parseCloudApiSettings,
} from './settings.ts'
export type { CloudApiSecrets, CloudApiSettings, ParsedSettings, SettingProblem } from './settings.ts'
export { cloudApiWebhook, signatureOf } from './webhook.ts'
