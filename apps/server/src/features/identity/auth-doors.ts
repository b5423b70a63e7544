/**
 * The only paths of better-auth that answer, below `/api/auth`. Everything else it brings along is shut: changes of
 * names, members, keys and users go through the operations of the contract, which know the permission table and write
 * the audit log.
 */
export const authDoors: ReadonlySet<string> = new Set([
  '/sign-up/email',
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/verify-email',
  '/send-verification-email',
  '/request-password-reset',
  '/reset-password',
  '/change-password',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/get-totp-uri',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
])

export const authBasePath = '/api/auth'

/** The part of the address below `/api/auth`, or null when it is not one of the open doors. */
export function findDoor(url: string): string | null {
  const { pathname } = new URL(url)
  if (!pathname.startsWith(`${authBasePath}/`)) return null
  const door = pathname.slice(authBasePath.length)
  return authDoors.has(door) ? door : null
}
