const dayMs = 86_400_000
const slotMs = 15 * 60_000
const cacheLimit = 512

type ZoneCache = { readonly format: Intl.DateTimeFormat; readonly offsetBySlot: Map<number, number> }

const caches = new Map<string, ZoneCache>()

/** Tells whether a text names a time zone this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return zone !== '' && cacheOf(zone) !== null
  } catch {
    return false
  }
}

/**
 * How far a zone is ahead of UTC at an instant, in milliseconds. Remembered per quarter of an hour: no zone changes in between.
 *
 * @throws RangeError on an unknown zone.
 */
export function zoneOffsetMs(zone: string, atMs: number): number {
  const cache = cacheOf(zone)
  const slot = Math.floor(atMs / slotMs)
  const known = cache.offsetBySlot.get(slot)
  if (known !== undefined) return known
  if (cache.offsetBySlot.size >= cacheLimit) cache.offsetBySlot.clear()
  const offset = readOffsetMs(cache.format, slot * slotMs)
  cache.offsetBySlot.set(slot, offset)
  return offset
}

function cacheOf(zone: string): ZoneCache {
  const known = caches.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const cache = { format, offsetBySlot: new Map<number, number>() }
  caches.set(zone, cache)
  return cache
}

function readOffsetMs(format: Intl.DateTimeFormat, atMs: number): number {
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(atMs))
  if (!found) return 0
  const minutes = Number(found[2]) * 60 + Number(found[3])
  return (found[1] === '-' ? -minutes : minutes) * 60_000
}

/** The wall clock of a zone, as if it were UTC: `new Date(localMs).getUTCHours()` is the local hour. */
export function localMsOf(zone: string, atMs: number): number {
  return atMs + zoneOffsetMs(zone, atMs)
}

/**
 * The instant at which a zone's wall clock shows a local time (given as if it were UTC).
 *
 * A time the clock shows twice means its first showing; one it skips means as long after the skip.
 */
export function instantOfLocalMs(zone: string, localMs: number): number {
  const before = zoneOffsetMs(zone, localMs - dayMs)
  const after = zoneOffsetMs(zone, localMs + dayMs)
  const early = localMs - before
  if (before === after || zoneOffsetMs(zone, early) === before) return early
  const late = localMs - after
  return zoneOffsetMs(zone, late) === after ? late : early
}

/** Days since 1970-01-01 on the zone's calendar. */
export function localDayNumber(zone: string, atMs: number): number {
  return Math.floor(localMsOf(zone, atMs) / dayMs)
}

/** The instant the zone's present day began. */
export function dayStartAtMs(zone: string, atMs: number): number {
  return instantOfLocalMs(zone, localDayNumber(zone, atMs) * dayMs)
}

/** The instant the zone's next day begins: daily caps are free again. */
export function nextDayStartAtMs(zone: string, atMs: number): number {
  return instantOfLocalMs(zone, (localDayNumber(zone, atMs) + 1) * dayMs)
}

/** Minutes since local midnight, 0 … 1439. */
export function localMinuteOfDay(zone: string, atMs: number): number {
  const localMs = localMsOf(zone, atMs)
  return Math.floor((localMs - Math.floor(localMs / dayMs) * dayMs) / 60_000)
}
