/** What a QR code of WhatsApp Web tells the phone. */
export interface QrCode {
  readonly ref: string
  readonly noiseKey: Buffer
  readonly identityKey: Buffer
  readonly advSecret: Buffer
}

const keyBytes = 32

/** @returns null for any other text. */
export function readQrCode(text: string): QrCode | null {
  const [, data] = /^https:\/\/wa\.me\/settings\/linked_devices#(.+)$/.exec(text) ?? []
  const [ref = '', noise = '', identity = '', adv = '', platform = ''] = data?.split(',') ?? []
  if (ref === '' || !/^\d$/.test(platform)) return null
  const [noiseKey, identityKey, advSecret] = [noise, identity, adv].map((part) => Buffer.from(part, 'base64'))
  if (!noiseKey || !identityKey || !advSecret) return null
  const isWhole = [noiseKey, identityKey, advSecret].every(({ length }) => length === keyBytes)
  return isWhole ? { ref, noiseKey, identityKey, advSecret } : null
}
