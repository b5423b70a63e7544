import type { WorkspaceScope } from '@siar/database'
import type { Core } from '../../core.ts'
import type { ContactFilter } from './contact-search.repo.ts'
import { countContacts } from './contact-search.repo.ts'

export interface ContactCount {
  readonly total: number
  readonly totalIsExact: boolean
}

const searchCountMax = 1_000
const listCountMax = 10_000
const keptForMs = 30_000
const keptMax = 500

/**
 * Counts what a list of contacts holds without making a page slow: exactly up to a bound. Beyond it a search tells a lower
 * bound, and anything else a full count that may be half a minute old.
 */
export function createContactCounter(core: Core) {
  const kept = new Map<string, { total: number; untilMs: number }>()
  const findKept = (key: string): number | null => {
    const found = kept.get(key)
    return found !== undefined && found.untilMs > core.now().getTime() ? found.total : null
  }
  const keep = (key: string, total: number): void => {
    kept.delete(key)
    kept.set(key, { total, untilMs: core.now().getTime() + keptForMs })
    const [oldest] = kept.keys()
    if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest)
  }
  const countAll = async (scope: WorkspaceScope, filter: ContactFilter): Promise<ContactCount> => {
    const { segment, ...rest } = filter
    const key = JSON.stringify([scope.workspaceId, segment?.key, rest])
    const known = findKept(key)
    if (known !== null) return { total: known, totalIsExact: true }
    const bounded = await countContacts(scope, filter, listCountMax + 1)
    if (bounded <= listCountMax) return { total: bounded, totalIsExact: true }
    const total = await countContacts(scope, filter)
    keep(key, total)
    return { total, totalIsExact: true }
  }
  return {
    async count(scope: WorkspaceScope, filter: ContactFilter): Promise<ContactCount> {
      const isSearch = filter.words.length > 0 || filter.numbers.length > 0
      if (!isSearch) return countAll(scope, filter)
      const found = await countContacts(scope, filter, searchCountMax + 1)
      return { total: Math.min(found, searchCountMax), totalIsExact: found <= searchCountMax }
    },
  }
}
