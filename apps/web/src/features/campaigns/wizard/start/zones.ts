/** Indonesia's own zones first, then every zone the browser knows. */
export function zoneNames(): string[] {
  const home = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']
  return [...home, ...Intl.supportedValuesOf('timeZone').filter((zone) => !home.includes(zone))]
}

/** A zone as people know it: `Asia/Jakarta · WIB`. */
export function zoneLabel(zone: string, locale: string): string {
  return `${zone.replaceAll('_', ' ')} · ${zoneShort(zone, locale)}`
}

/** The short name of a zone: `WIB`, also where the language has only `GMT+7` for it. */
export function zoneShort(zone: string, locale: string): string {
  const named = shortName(zone, locale)
  if (!/^(GMT|UTC)/.test(named)) return named
  const home = shortName(zone, 'id-ID')
  return /^WI(B|T|TA)$/.test(home) ? home : named
}

function shortName(zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
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

/** The time of a wall clock (`2026-11-21T09:00`) as a language writes it: `09.00`. */
export function clockText(at: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' })
  return format.format(Date.parse(`${at}Z`))
}
