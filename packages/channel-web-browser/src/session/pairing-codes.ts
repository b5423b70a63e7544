import type { PairingCode } from '@siar/channel'

/** WhatsApp shows the first QR code of a link longer than those after it. Source: channels.md §2. */
const firstMs = 60_000
const nextMs = 20_000
/** Source: `LINK_CODE_TTL_MS` of wa-js 4.6.0. */
const linkCodeMs = 195_000

/** Turns codes the page shows into events, each code once. */
export interface PairingCodes {
  qr(data: string): PairingCode | null
  linkCode(data: string): PairingCode
  /** A new document shows codes from the start. */
  reset(): void
}

export function createPairingCodes(now: () => Date): PairingCodes {
  let shown: string | null = null
  let count = 0
  return {
    qr: (data) => {
      if (data === shown) return null
      shown = data
      count += 1
      const validMs = count === 1 ? firstMs : nextMs
      return { type: 'pairing', kind: 'qr', data, expiresAt: new Date(now().getTime() + validMs) }
    },
    linkCode: (data) => ({
      type: 'pairing',
      kind: 'code',
      data,
      expiresAt: new Date(now().getTime() + linkCodeMs),
    }),
    reset: () => {
      shown = null
      count = 0
    },
  }
}
