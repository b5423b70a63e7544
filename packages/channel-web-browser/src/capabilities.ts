import { mediaKinds } from '@siar/channel'
import type { ChannelCapabilities } from '@siar/channel'
import type { WebBrowserSettings } from './settings.ts'

/**
 * What WhatsApp Web can do. No buttons: wa-js can send them, but says itself that they stop working.
 *
 * Source of the sizes: WhatsApp's own limits for files, channels.md §3.
 */
export function capabilitiesOf(settings: WebBrowserSettings): ChannelCapabilities {
  return {
    text: true,
    media: mediaKinds,
    mediaBytesMax: { image: 16_000_000, document: 100_000_000, video: 16_000_000, audio: 16_000_000 },
    buttonsMax: 0,
    linkButton: false,
    listRowsMax: 0,
    templates: 'none',
    echoesOurId: true,
    dedupesOurId: settings.dedupesOurId,
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
