import { connectableChannels, webhookOf } from '@siar/contract'
import type { ChannelKind } from '@siar/domain'

/** The channel that tells under a path of `/hooks`; null where none does. */
export function channelOfWebhook(path: string): ChannelKind | null {
  return connectableChannels.find((channel) => webhookOf(channel)?.path === path) ?? null
}

/** Where a channel is told to send what happens to a sender; null where it tells over its own connection. */
export function webhookUrl(publicUrl: string, channel: ChannelKind, senderId: string): string | null {
  const webhook = webhookOf(channel)
  return webhook && `${publicUrl}/hooks/${webhook.path}/${senderId}`
}
