import type { ChannelKind } from '@siar/domain'

/** The channels that tell by HTTP, as their paths name them. */
export const webhookPaths = { 'cloud-api': 'cloud_api', waha: 'waha' } as const satisfies Record<
  string,
  ChannelKind
>

/** Where a channel is told to send what happens to a sender; null where it tells over its own connection. */
export function webhookUrl(publicUrl: string, channel: ChannelKind, senderId: string): string | null {
  const path = Object.entries(webhookPaths).find(([, kind]) => kind === channel)?.[0]
  return path === undefined ? null : `${publicUrl}/hooks/${path}/${senderId}`
}
