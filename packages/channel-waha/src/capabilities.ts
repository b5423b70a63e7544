import type { ChannelCapabilities } from '@siar/channel'

/**
 * What goes through WAHA. Bodies of calls end at 50 MB there, and files travel as base64 in them; pictures, videos and
 * voice end at what WhatsApp shows. Source: `src/main.ts` of WAHA.
 */
export const wahaCapabilities: ChannelCapabilities = {
  text: true,
  media: ['image', 'document', 'video', 'audio'],
  mediaBytesMax: { image: 16_000_000, document: 36_000_000, video: 16_000_000, audio: 16_000_000 },
  buttonsMax: 0,
  linkButton: false,
  listRowsMax: 0,
  templates: 'none',
  echoesOurId: false,
  dedupesOurId: false,
  typing: true,
  pairing: ['qr', 'code'],
  sends: 'one_by_one',
  concurrencyMax: 1,
  checksExistence: true,
  groups: true,
  addressBook: true,
  webhooks: true,
}
