/**
 * The instant a calendar day begins for somebody in `timeZone`, as ISO text; null when `day` is not `YYYY-MM-DD`.
 *
 * @param plusDays Days to go on first: 1 gives the end of the day as an open bound.
 */
export function dayStart(day: string, timeZone: string, plusDays = 0): string | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)
  if (!match) return null
  const wallMs = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + plusDays)
  if (Number.isNaN(wallMs)) return null
  // The offset at the guess may differ from the one at the answer when clocks change in between; one step corrects it.
  const guessMs = wallMs - offsetMs(wallMs, timeZone)
  return new Date(wallMs - offsetMs(guessMs, timeZone)).toISOString()
}

function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs)
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const wallMs = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
  return wallMs - Math.floor(atMs / 1000) * 1000
}
