/** Indonesia's own zones first, then every zone the browser knows. */
export function zoneNames(): string[] {
  const home = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']
  return [...home, ...Intl.supportedValuesOf('timeZone').filter((zone) => !home.includes(zone))]
}

/** A zone as people know it: `WIB · Asia/Jakarta`. */
export function zoneLabel(zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(0)
  const short = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return `${zone.replaceAll('_', ' ')} · ${short}`
}

/** The wall clock of a zone at an instant, as a date-time input writes it: `2026-11-21T09:00`. */
export function wallClock(atMs: number, zone: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(atMs)
  return text.replace(' ', 'T')
}
