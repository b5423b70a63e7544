import type { Sender } from '@siar/contract'

/** Channels that know whom the owner of a number has saved and which groups it is in. */
const channels: ReadonlySet<Sender['channel']> = new Set([
  'linked_device',
  'web_browser',
  'waha',
  'gateway',
  'simulator',
])

/** Linked numbers whose people can be asked for; one that is offline is offered too, since its answer says so. */
export function importableSenders<S extends Pick<Sender, 'channel' | 'pairedAt'>>(
  senders: readonly S[],
): S[] {
  return senders.filter(({ channel, pairedAt }) => channels.has(channel) && pairedAt !== null)
}
