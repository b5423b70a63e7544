/**
 * A fresh key for one intended change: keep it while that change is tried again, make another for the next.
 * Works on pages without HTTPS too, where `crypto.randomUUID` is missing.
 */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
