import type { WorkspaceScope } from '@siar/database'
import { limitsFreeText, placeAtMs } from '@siar/domain'
import type { PortfolioUse } from '@siar/domain'
import type { OwnedSender } from '../senders/index.ts'
import { countWaiting, listKnownPeople, listPlaces, openPortfolios } from './portfolio-limit.repo.ts'
import type { NotedPerson, OpenPortfolio } from './portfolio-limit.repo.ts'
import { windowsOf } from './take-money.ts'
import type { DueRow } from './take.repo.ts'

/** What a batch may take of the limits of people, and whom it counts. */
export interface PortfolioBook {
  /**
   * Takes a place for somebody, unless they need none: a window is open, they count already, or their sender has no limit.
   *
   * @returns null when they may go, else when there will be a place.
   */
  take(row: DueRow, messageId: string, nowMs: number): number | null
  /** People the batch counts, for the same transaction. */
  readonly noted: readonly NotedPerson[]
}

/** Who waits in line for places, as this process last counted; places are given out once. */
export class PlaceLines {
  readonly #lines = new Map<string, { length: number; countedAtMs: number }>()

  /** @returns the line, or null when it has to be counted anew. */
  find(portfolioId: string, nowMs: number): { length: number } | null {
    const line = this.#lines.get(portfolioId)
    return line && nowMs - line.countedAtMs < lineMaxAgeMs ? line : null
  }

  start(portfolioId: string, length: number, nowMs: number): { length: number } {
    const line = { length, countedAtMs: nowMs }
    this.#lines.set(portfolioId, line)
    return line
  }
}

const lineMaxAgeMs = 30_000
/** A window that closes before the message arrives is none. */
const arrivalMs = 60_000
/** Where the limit is 0, or so far used up that the end is out of sight. */
const waitMsMax = 366 * 24 * 3_600_000

interface Account {
  readonly use: PortfolioUse
  /** New people of the batch, those who found no place included. */
  taken: number
  readonly line: { length: number } | null
}

const keyOf = (portfolioId: string, address: string): string => `${portfolioId}/${address}`

/** Whether a message to this person counts as one outside of their window. */
export function countsAgainstLimit(row: DueRow, nowMs: number): boolean {
  return (windowsOf(row).serviceUntilMs ?? 0) <= nowMs + arrivalMs
}

/** Locks the limits of the senders of a batch. Call it before anything else of the transaction but the lock of its money. */
export async function lockPortfolios(
  scope: WorkspaceScope,
  senders: ReadonlyMap<string, OwnedSender>,
  now: Date,
): Promise<ReadonlyMap<string, OpenPortfolio>> {
  const official = [...senders].filter(([, { channel }]) => limitsFreeText(channel)).map(([id]) => id)
  const open = await openPortfolios(scope, official, now)
  return new Map(open.map((one) => [one.senderId, one]))
}

/** Reads what the batch needs to know: nothing more where nobody counts, or where there is room for all of them. */
export async function openPortfolioBook(
  scope: WorkspaceScope,
  open: ReadonlyMap<string, OpenPortfolio>,
  rows: readonly DueRow[],
  { now, dueNow, lines }: { readonly now: Date; readonly dueNow: Date; readonly lines: PlaceLines },
): Promise<PortfolioBook> {
  const nowMs = now.getTime()
  const counting = rows.filter((row) => open.has(row.sender_id) && countsAgainstLimit(row, nowMs))
  const byPortfolio = Map.groupBy(counting, (row) => open.get(row.sender_id)?.portfolioId ?? '')
  const accounts = new Map<string, Account>()
  const tight: DueRow[] = []
  for (const [portfolioId, own] of byPortfolio) {
    const senderId = own[0]?.sender_id ?? ''
    const { peopleMax, people } = open.get(senderId) as OpenPortfolio
    if (peopleMax === null || peopleMax - people >= own.length) {
      accounts.set(portfolioId, { use: { peopleMax: null, people, returns: [] }, taken: 0, line: null })
      continue
    }
    tight.push(...own)
    const returns = await listPlaces(scope, senderId, now)
    const line =
      lines.find(portfolioId, nowMs) ??
      lines.start(portfolioId, await countWaiting(scope, senderId, dueNow), nowMs)
    accounts.set(portfolioId, { use: { peopleMax, people, returns }, taken: 0, line })
  }
  const known = await listKnownPeople(
    scope,
    tight.map(({ sender_id: senderId, address }) => ({ senderId, address })),
  )
  return buildBook(open, accounts, known)
}

function buildBook(
  open: ReadonlyMap<string, OpenPortfolio>,
  accounts: ReadonlyMap<string, Account>,
  known: readonly { readonly senderId: string; readonly address: string }[],
): PortfolioBook {
  const portfolioOf = (senderId: string): string => open.get(senderId)?.portfolioId ?? ''
  const counted = new Set(known.map(({ senderId, address }) => keyOf(portfolioOf(senderId), address)))
  const noted: NotedPerson[] = []
  return {
    noted,
    take: (row, attemptId, nowMs) => {
      const { sender_id: senderId, address } = row
      const account = accounts.get(portfolioOf(senderId))
      if (!account || !countsAgainstLimit(row, nowMs)) return null
      const key = keyOf(portfolioOf(senderId), address)
      if (!counted.has(key)) {
        const freeAtMs = nextPlace(account, nowMs)
        if (freeAtMs !== null) return freeAtMs
        counted.add(key)
      }
      noted.push({ senderId, address, attemptId })
      return null
    },
  }
}

/** @returns null when there is a place now; it is taken. */
function nextPlace(account: Account, nowMs: number): number | null {
  const { use, line, taken } = account
  if (use.peopleMax === null) return null
  if (taken < use.peopleMax - use.people) {
    account.taken += 1
    return null
  }
  const room = Math.max(0, use.peopleMax - use.people)
  const waiting = line?.length ?? 0
  if (line) line.length += 1
  const atMs = placeAtMs(use, nowMs, room + waiting)
  return Math.min(Math.max(atMs, nowMs + 1_000), nowMs + waitMsMax)
}
