const unkeepable = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g

/**
 * JSON of what a stranger sent, as `jsonb` keeps it: PostgreSQL takes neither zero characters nor half of a surrogate
 * pair, so each becomes U+FFFD. Every escape of `JSON.stringify` begins with a backslash, so a pair of them is passed over.
 */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value).replace(unkeepable, (escape) => (escape === '\\\\' ? escape : '\ufffd'))
}

/** Whether objects and lists lie in each other more than `max` levels deep; never runs out of stack itself. */
export function isDeeperThan(value: unknown, max: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return max <= 0 || Object.values(value).some((inner) => isDeeperThan(inner, max - 1))
}
