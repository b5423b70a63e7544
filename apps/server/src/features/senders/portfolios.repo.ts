import type { SystemScope, WorkspaceScope } from '@siar/database'
import { portfolioWindowMs } from '@siar/domain'

/** What a channel told of the business a number belongs to. */
export interface PortfolioNews {
  readonly senderId: string
  /** The channel's id of the business; null where this news does not tell. */
  readonly businessId: string | null
  /** Infinity without a limit; null where this news does not tell. */
  readonly peopleMax: number | null
  readonly at: Date
}

/** Before its business is known, a number is counted with those of its account in its own workspace. */
const fallback = `s.workspace_id || '/' || (s.settings -> 'cloud_api' ->> 'wabaId')`

/**
 * Keeps which portfolio a sender belongs to, and its limit. What was counted before the business was known goes on counting there. The
 * newest word on a limit holds, whichever number it came by.
 *
 * @returns senders with people who waited for a place and are due at once, because there are more places now.
 */
export async function keepPortfolio(
  scope: SystemScope,
  { senderId, businessId, peopleMax, at }: PortfolioNews,
): Promise<{ id: string; workspaceId: string }[]> {
  const [sender] = await scope.query<{ before: string | null; after: string | null }>(
    `select s.portfolio_id as before, coalesce('business/' || $2::text, s.portfolio_id, ${fallback}) as after
     from senders s where s.id = $1 for update`,
    [senderId, businessId],
  )
  if (!sender || sender.after === null) return []
  const { before, after } = sender
  await scope.execute('insert into portfolios (id) values ($1) on conflict (id) do nothing', [after])
  if (before !== after) await enterPortfolio(scope, senderId, before, after)
  if (peopleMax === null) return []
  return setPeopleMax(scope, after, peopleMax === Infinity ? null : peopleMax, at)
}

async function enterPortfolio(
  scope: SystemScope,
  senderId: string,
  before: string | null,
  after: string,
): Promise<void> {
  await scope.query('select 1 from portfolios where id = any($1::text[]) order by id for update', [
    [before, after],
  ])
  if (before === null || before.startsWith('business/')) {
    await scope.execute('update senders set portfolio_id = $2 where id = $1', [senderId, after])
    return
  }
  await scope.execute(
    `insert into portfolio_people as x (portfolio_id, person, at, attempt_id, before_at)
     select $2, person, at, attempt_id, before_at from portfolio_people where portfolio_id = $1
     on conflict (portfolio_id, person) do update set before_at = greatest(x.at, excluded.at),
       at = greatest(x.at, excluded.at)`,
    [before, after],
  )
  await scope.execute('delete from portfolio_people where portfolio_id = $1', [before])
  await scope.execute('update senders set portfolio_id = $2 where portfolio_id = $1', [before, after])
  await scope.execute('delete from portfolios where id = $1', [before])
  await scope.execute(
    `update portfolios set people = (select count(*) from portfolio_people where portfolio_id = $1) where id = $1`,
    [after],
  )
}

async function setPeopleMax(
  scope: SystemScope,
  id: string,
  peopleMax: number | null,
  at: Date,
): Promise<{ id: string; workspaceId: string }[]> {
  const [seen] = await scope.query<{ peopleMax: number | null }>(
    'select people_max as "peopleMax" from portfolios where id = $1 for update',
    [id],
  )
  const changed = await scope.execute(
    'update portfolios set people_max = $2, told_at = $3 where id = $1 and (told_at is null or told_at <= $3)',
    [id, peopleMax, at],
  )
  const hasMore = (peopleMax ?? Infinity) > (seen?.peopleMax ?? Infinity)
  if (changed === 0 || !hasMore) return []
  return scope.query(
    `with freed as (
       update recipients r set due_at = $2, reason = null
       where r.sender_id in (select s.id from senders s where s.portfolio_id = $1)
         and r.due_at > $2 and r.status = 'queued' and r.reason = 'portfolio_limit'
       returning r.sender_id, r.workspace_id
     )
     select distinct sender_id as id, workspace_id as "workspaceId" from freed`,
    [id, at],
  )
}

/** How far the limit of a sender's portfolio is used up. */
export interface PortfolioUseRow {
  readonly senderId: string
  readonly portfolioId: string
  readonly peopleMax: number | null
  readonly people: number
  /** When there is a place again; null while there is one. */
  readonly freeAt: Date | null
}

/** Of these senders, those whose portfolio is known. */
export async function listPortfolioUse(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  now: Date,
): Promise<PortfolioUseRow[]> {
  if (senderIds.length === 0) return []
  const rows = await scope.query<Omit<PortfolioUseRow, 'freeAt'> & { fullSince: Date | null }>(
    `select sender_id as "senderId", portfolio_id as "portfolioId", people_max as "peopleMax", people,
       full_since as "fullSince" from siar_portfolio_use($1::text[], $2)`,
    [[...senderIds], new Date(now.getTime() - portfolioWindowMs)],
  )
  return rows.map(({ fullSince, ...row }) => {
    const isFull = row.peopleMax !== null && row.people >= row.peopleMax
    const freeAt = isFull && fullSince ? new Date(fullSince.getTime() + portfolioWindowMs) : null
    return { ...row, freeAt }
  })
}

/** Forgets whom portfolios that send nothing any more have written to. @returns how many rows went. */
export async function forgetPortfolioPeople(scope: SystemScope, now: Date): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    `with held as (
       select p.id from portfolios p where p.people > 0 order by p.id for update skip locked
     ), gone as (
       delete from portfolio_people x using held where x.portfolio_id = held.id and x.at <= $1 returning x.portfolio_id
     ), counted as (
       update portfolios p set people = p.people - g.count
       from (select portfolio_id, count(*)::integer as count from gone group by portfolio_id) g where p.id = g.portfolio_id
     )
     select count(*)::int as count from gone`,
    [new Date(now.getTime() - portfolioWindowMs)],
  )
  return row?.count ?? 0
}
