/**
 * Where to go after signing in, as a path of this dashboard; anything that could lead elsewhere becomes `/`.
 *
 * Browsers read `//host` and `/\host` as another site, and drop tabs and line breaks before reading.
 */
export function safeNextPath(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next)) return '/'
  const hasControl = [...next].some((letter) => (letter.codePointAt(0) ?? 0) < 32)
  return hasControl || /^\/(sign-in|two-factor)([?#]|$)/.test(next) ? '/' : next
}
