import type { WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Core } from '../../core.ts'
import type { ContactFilter } from './contact-search.repo.ts'
import { countContacts } from './contact-search.repo.ts'

export type ContactCounter = ReturnType<typeof createContactCounter>

export interface ContactCount {
  readonly total: number
  readonly totalIsExact: boolean
}

const searchCountMax = 1_000
const listCountMax = 10_000
const freshForMs = 30_000
const usableForMs = 5 * 60_000
const keptMax = 500

export const isSearch = ({ words, numbers }: ContactFilter): boolean => words.length > 0 || numbers.length > 0

/** What is told of a search that found so many, counted at least one beyond the bound. */
export function countSearched(found: number): ContactCount {
  return { total: Math.min(found, searchCountMax), totalIsExact: found <= searchCountMax }
}

interface KeptCount {
  readonly total: number
  readonly countedAtMs: number
}

/**
 * Counts what a list of contacts holds without making a page slow: exactly up to a bound. Beyond it a search tells a lower
 * bound, and anything else a full count. One that is older than half a minute is told once more, for up to five minutes, while
 * a new one is made; many who ask at once share one count.
 */
export function createContactCounter(core: Core) {
  const kept = new Map<string, KeptCount>()
  const running = new Map<string, Promise<number>>()
  const ageOf = ({ countedAtMs }: KeptCount): number => core.now().getTime() - countedAtMs
  const keep = (key: string, total: number): number => {
    kept.delete(key)
    kept.set(key, { total, countedAtMs: core.now().getTime() })
    const [oldest] = kept.keys()
    if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest)
    return total
  }
  const countOnce = (key: string, count: () => Promise<number>): Promise<number> => {
    const known = running.get(key)
    if (known) return known
    const counting = count()
      .then((total) => keep(key, total))
      .finally(() => running.delete(key))
    running.set(key, counting)
    return counting
  }
  /** Bound to here: the transaction of whoever asks is over before this one is. */
  const renew = AsyncLocalStorage.bind(
    (key: string, workspaceId: WorkspaceId, filter: ContactFilter): void => {
      countOnce(key, () => core.inWorkspace(workspaceId, (scope) => countContacts(scope, filter))).catch(
        (error: unknown) => core.logger.warn({ err: error }, 'counting contacts'),
      )
    },
  )
  const countAll = async (scope: WorkspaceScope, filter: ContactFilter): Promise<ContactCount> => {
    const { segment, ...rest } = filter
    const key = JSON.stringify([scope.workspaceId, segment?.key, rest])
    const known = kept.get(key)
    if (known && ageOf(known) < usableForMs) {
      if (ageOf(known) >= freshForMs) renew(key, scope.workspaceId, filter)
      return { total: known.total, totalIsExact: true }
    }
    const bounded = await countContacts(scope, filter, listCountMax + 1)
    if (bounded <= listCountMax) return { total: bounded, totalIsExact: true }
    return { total: await countOnce(key, () => countContacts(scope, filter)), totalIsExact: true }
  }
  return {
    async count(scope: WorkspaceScope, filter: ContactFilter): Promise<ContactCount> {
      return isSearch(filter)
        ? countSearched(await countContacts(scope, filter, searchCountMax + 1))
        : countAll(scope, filter)
    },
  }
}
