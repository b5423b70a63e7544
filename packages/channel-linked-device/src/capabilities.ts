import { mediaKinds } from '@siar/channel'
import type { ChannelCapabilities } from '@siar/channel'
import type { LinkedDeviceSettings } from './settings.ts'

const megabyte = 1_000_000

/** What a linked device can do; `dedupesOurId` only where the owner trusts phones to show a repeated id once. */
export function capabilitiesOf({ dedupesOurId }: LinkedDeviceSettings): ChannelCapabilities {
  return {
    text: true,
    media: mediaKinds,
    mediaBytesMax: {
      image: 16 * megabyte,
      video: 64 * megabyte,
      audio: 16 * megabyte,
      document: 100 * megabyte,
    },
    buttonsMax: 0,
    linkButton: false,
    listRowsMax: 0,
    templates: 'none',
    echoesOurId: true,
    dedupesOurId,
    typing: true,
    pairing: ['qr', 'code'],
    sends: 'one_by_one',
    concurrencyMax: 1,
    checksExistence: true,
    groups: true,
    addressBook: true,
    webhooks: false,
  }
}
