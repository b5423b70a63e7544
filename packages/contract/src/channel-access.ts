import type { channelKinds } from '@siar/domain'
import type { SenderSecrets } from './channel-settings.ts'

/** The channels a person can choose for a new sender. */
export const connectableChannels = [
  'cloud_api',
  'linked_device',
  'web_browser',
  'waha',
  'simulator',
] as const satisfies readonly (typeof channelKinds)[number][]
export type ConnectableChannel = (typeof connectableChannels)[number]

/** Channels that are opened with what a person enters; it is tried live before it is kept. */
export type ChannelWithAccess = keyof SenderSecrets

interface Access<Secret extends string> {
  /** Secrets it cannot do without. */
  readonly secrets: readonly Secret[]
  /** `phone`: by a QR code or a typed code. `account`: what was entered opens it. */
  readonly linkedBy: 'phone' | 'account'
  /** It tells by HTTP: under this path of `/hooks`, entered at the channel by a person or by Siar itself. */
  readonly webhook: { readonly path: string; readonly setBy: 'person' | 'siar' } | null
}

type SecretOf<Channel> = Channel extends ChannelWithAccess
  ? keyof NonNullable<SenderSecrets[Channel]> & string
  : never

/** What each channel asks of a person: the one table that the dashboard and the server read. */
export const channelAccess = {
  cloud_api: {
    secrets: ['accessToken', 'appSecret', 'verifyToken'],
    linkedBy: 'account',
    webhook: { path: 'cloud-api', setBy: 'person' },
  },
  waha: { secrets: ['apiKey'], linkedBy: 'phone', webhook: { path: 'waha', setBy: 'siar' } },
  linked_device: { secrets: [], linkedBy: 'phone', webhook: null },
  web_browser: { secrets: [], linkedBy: 'phone', webhook: null },
  simulator: { secrets: [], linkedBy: 'phone', webhook: null },
} as const satisfies { [Channel in ConnectableChannel]: Access<SecretOf<Channel>> }

/** Whether settings and secrets must be entered for a channel. */
export function asksAccess(channel: string): channel is ChannelWithAccess {
  return isConnectable(channel) && channelAccess[channel].secrets.length > 0
}

/** Whether a phone links the number, by a QR code or by a code typed on it. */
export function isLinkedByPhone(channel: string): boolean {
  return isConnectable(channel) && channelAccess[channel].linkedBy === 'phone'
}

/** How the channel's webhook is set up; null where it tells over its own connection. */
export function webhookOf(channel: string): Access<string>['webhook'] {
  return isConnectable(channel) ? channelAccess[channel].webhook : null
}

function isConnectable(channel: string): channel is ConnectableChannel {
  return Object.hasOwn(channelAccess, channel)
}
