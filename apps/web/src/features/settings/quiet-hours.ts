const dayMinutes = 24 * 60

/** Minutes since midnight of a time such as `21:30`; null when it is not one. */
export function minutesOf(clock: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock)
  return match ? Number(match[1]) * 60 + Number(match[2]) : null
}

/** The quiet parts of one day as shares of it, 0..1; two parts when the quiet time runs over midnight. */
export function quietParts(from: string, to: string): { start: number; width: number }[] {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  if (start === null || end === null || start === end) return []
  const share = (first: number, last: number) => ({
    start: first / dayMinutes,
    width: (last - first) / dayMinutes,
  })
  if (start < end) return [share(start, end)]
  return [share(0, end), share(start, dayMinutes)].filter(({ width }) => width > 0)
}

/** How long the quiet time is, in minutes. */
export function quietMinutes(from: string, to: string): number {
  return Math.round(quietParts(from, to).reduce((sum, { width }) => sum + width, 0) * dayMinutes)
}
