import type { WorkspaceScope } from '@siar/database'
import { portfolioWindowMs } from '@siar/domain'

const cutoffOf = (now: Date): Date => new Date(now.getTime() - portfolioWindowMs)

export interface OpenPortfolio {
  readonly senderId: string
  readonly portfolioId: string
  /** Null without a limit. */
  readonly peopleMax: number | null
  readonly people: number
}

const openStatement = {
  name: 'sending-open-portfolios',
  text: `select sender_id as "senderId", portfolio_id as "portfolioId", people_max as "peopleMax", people
    from siar_open_portfolios($1::text[], $2)`,
}

/**
 * Reads how many people the portfolios of these senders have written to, and keeps every other process from writing to more of them
 * until the transaction ends. Senders whose portfolio is not known are absent.
 */
export async function openPortfolios(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  now: Date,
): Promise<OpenPortfolio[]> {
  if (senderIds.length === 0) return []
  return scope.query<OpenPortfolio>(openStatement, [[...senderIds], cutoffOf(now)])
}

export interface PersonOfSender {
  readonly senderId: string
  readonly address: string
}

const knownStatement = {
  name: 'sending-known-people',
  text: `select sender_id as "senderId", address from siar_known_people($1::text[], $2::text[])`,
}

/** Of these people, those who count already: one more message to them takes no place. */
export async function listKnownPeople(
  scope: WorkspaceScope,
  people: readonly PersonOfSender[],
): Promise<PersonOfSender[]> {
  if (people.length === 0) return []
  return scope.query<PersonOfSender>(knownStatement, [
    people.map(({ senderId }) => senderId),
    people.map(({ address }) => address),
  ])
}

const noteStatement = {
  name: 'sending-note-people',
  text: 'select siar_note_people($1::text[], $2::text[], $3::text[], $4)',
}

export interface NotedPerson extends PersonOfSender {
  readonly attemptId: string
}

/** Counts people who are written to now. Only after `openPortfolios` of their senders. */
export async function notePeople(
  scope: WorkspaceScope,
  people: readonly NotedPerson[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return
  await scope.execute(noteStatement, [
    people.map(({ senderId }) => senderId),
    people.map(({ address }) => address),
    people.map(({ attemptId }) => attemptId),
    now,
  ])
}

const releaseStatement = { name: 'sending-release-people', text: 'select siar_release_people($1::text[])' }

/** Gives back the places of attempts that reached nobody. Others stay as they are. */
export async function releasePeople(scope: WorkspaceScope, attemptIds: readonly string[]): Promise<void> {
  if (attemptIds.length > 0) await scope.execute(releaseStatement, [[...attemptIds]])
}

/** When places of a sender's portfolio come free, by the minute, soonest first. */
export async function listPlaces(
  scope: WorkspaceScope,
  senderId: string,
  now: Date,
): Promise<{ atMs: number; count: number }[]> {
  const rows = await scope.query<{ at: Date; count: number }>(
    'select at, count from siar_portfolio_places($1, $2)',
    [senderId, cutoffOf(now)],
  )
  return rows.map(({ at, count }) => ({ atMs: at.getTime() + portfolioWindowMs, count }))
}

const waitingMax = 1_000_000

/** People of the workspace who wait for a place in the portfolio of a sender. */
export async function countWaiting(scope: WorkspaceScope, senderId: string, dueAfter: Date): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    `select count(*)::int as count from (
       select 1 from recipients r
       where r.sender_id in (select s.id from senders s
           where s.portfolio_id = (select o.portfolio_id from senders o where o.id = $1))
         and r.due_at > $2 and r.reason = 'portfolio_limit'
       limit ${waitingMax}
     ) waiting`,
    [senderId, dueAfter],
  )
  return row?.count ?? 0
}
