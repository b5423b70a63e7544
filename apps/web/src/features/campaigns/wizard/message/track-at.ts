import type { Draft } from '../draft.ts'

/** Where the short links of a draft would lead, or null when its links stay as they are. */
export function trackAt({ trackLinks }: Pick<Draft, 'trackLinks'>): string | null {
  return trackLinks ? globalThis.location.origin : null
}
