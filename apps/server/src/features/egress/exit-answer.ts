import { isIP } from 'node:net'

/** What the check address saw. */
export interface Exit {
  readonly address: string
  /** ISO 3166-1 alpha-2; null when it does not tell. */
  readonly country: string | null
}

const countryOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : null

/**
 * Reads the answer of a check address: an address alone, lines `ip=…` and `loc=…`, or JSON with `ip` and `country`.
 *
 * @returns null for anything else.
 */
export function readExit(text: string): Exit | null {
  const trimmed = text.trim()
  if (isIP(trimmed) !== 0) return { address: trimmed, country: null }
  const told = trimmed.startsWith('{') ? readJson(trimmed) : readLines(trimmed)
  const address = told['ip']
  if (typeof address !== 'string' || isIP(address) === 0) return null
  return { address, country: countryOf(told['loc'] ?? told['country']) }
}

function readLines(text: string): Record<string, unknown> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, key, value] = /^(\w+)=(.*?)\r?$/.exec(line) ?? []
      return key === undefined ? [] : [[key, value]]
    }),
  )
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
