const dayMs = 86_400_000

/** A day of a calendar: `2026-11-20`. */
type Day = string

const numberOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / dayMs

/** The days of the month a day lies in: 28–31. */
export function daysInMonth(day: Day): number {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/**
 * The part of a monthly price that belongs to the days of this month so far, today included.
 *
 * @param monthly In any unit; the answer has the same.
 * @param since The day the proxy came into the pool; days of this month before it are not counted.
 */
export function costSoFar(monthly: number, today: Day, since: Day): number {
  const first = `${today.slice(0, 8)}01`
  const from = Math.max(numberOf(first), numberOf(since))
  const days = Math.max(0, numberOf(today) - from + 1)
  return (monthly * days) / daysInMonth(today)
}

/**
 * What the proxy cost for each message: the month's cost so far divided by the month's messages through it so far.
 *
 * @returns null while it has no price or carried nothing.
 */
export function costPerMessage(
  monthly: number | null,
  messages: number,
  today: Day,
  since: Day,
): number | null {
  return monthly === null || messages <= 0 ? null : costSoFar(monthly, today, since) / messages
}
