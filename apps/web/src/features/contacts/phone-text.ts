/**
 * An E.164 number in groups a person can read: `+6281281590830` → `+62 812-8159-0830`. Other countries keep their digits
 * behind the sign in groups of three or four. Anything that is not E.164 stays as it is. Pure.
 */
export function phoneText(value: string): string {
  const indonesian = /^\+62(\d{3})(\d{3,4})(\d{3,6})$/.exec(value)
  if (indonesian) return `+62 ${indonesian.slice(1).join('-')}`
  const other = /^\+(\d{7,15})$/.exec(value)
  if (!other) return value
  return `+${(other[1] ?? '').replace(/\B(?=(\d{4})+(?!\d))/g, ' ')}`
}
