import type { WorkspaceScope } from '@siar/database'
import { portfolioWindowMs } from '@siar/domain'
import type { PortfolioUse } from '@siar/domain'

export interface SenderPortfolio {
  readonly senderId: string
  readonly portfolioId: string
  readonly peopleMax: number
  readonly people: number
}

const cutoffOf = (now: Date): Date => new Date(now.getTime() - portfolioWindowMs)

/** Of these senders, those whose business has a limit of people, with how many it has written to. */
export async function listLimitedPortfolios(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  now: Date,
): Promise<SenderPortfolio[]> {
  return scope.query<SenderPortfolio>(
    `select sender_id as "senderId", portfolio_id as "portfolioId", people_max as "peopleMax", people
     from siar_portfolio_use($1::text[], $2) where people_max is not null`,
    [[...senderIds], cutoffOf(now)],
  )
}

/** The use of a sender's portfolio as of a later instant, when nothing is sent meanwhile. */
export async function readPortfolioUse(
  scope: WorkspaceScope,
  { senderId, peopleMax }: SenderPortfolio,
  now: Date,
  startAtMs: number,
): Promise<PortfolioUse> {
  const rows = await scope.query<{ at: Date; count: number }>(
    'select at, count from siar_portfolio_places($1, $2)',
    [senderId, cutoffOf(now)],
  )
  const returns = rows
    .map(({ at, count }) => ({ atMs: at.getTime() + portfolioWindowMs, count }))
    .filter(({ atMs }) => atMs > startAtMs)
  return { peopleMax, people: returns.reduce((sum, { count }) => sum + count, 0), returns }
}
