const visibleStart = 5
const visibleEnd = 3

/**
 * Hides the middle of an address for screens and exports that must not show it: `+6281281590830` → `+6281••••••830`.
 * Anything too short to hide something in the middle is hidden whole. Still personal data: not for logs.
 */
export function maskPhone(address: string): string {
  const hidden = address.length - visibleStart - visibleEnd
  if (hidden < 4) return '•'.repeat(address.length)
  return address.slice(0, visibleStart) + '•'.repeat(hidden) + address.slice(-visibleEnd)
}
