import { createHash, randomBytes } from 'node:crypto'

const prefix = 'siar_'
const pattern = /^siar_[A-Za-z0-9_-]{43}$/

/** A new key of 256 random bits; only its hash is ever stored. */
export function makeApiKeySecret(): { secret: string; hash: string; start: string } {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`
  return { secret, hash: hashSecret(secret), start: secret.slice(0, prefix.length + 6) }
}

/** SHA-256 is enough for what cannot be guessed; a slow hash would cost every request. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** The key of an `Authorization: Bearer siar_…` header, or null. */
export function findApiKeySecret(headers: Headers): string | null {
  const [scheme, secret, more] = (headers.get('authorization') ?? '').split(' ')
  const fits = scheme?.toLowerCase() === 'bearer' && more === undefined && pattern.test(secret ?? '')
  return fits ? (secret ?? null) : null
}
