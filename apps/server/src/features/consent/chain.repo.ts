import type { WorkspaceScope } from '@siar/database'

/** The end of a workspace's chain: what to keep elsewhere to prove later that nothing before it was changed. */
export interface ChainEnd {
  readonly seq: number
  /** Lines of the ledger in all links. */
  readonly lines: number
  /** SHA-256, hexadecimal. */
  readonly hash: string
}

/** One link beside what the ledger holds for it now. */
export interface CheckedLink {
  readonly seq: number
  readonly at: Date
  readonly lines: number
  readonly hash: string
  /** Its hash follows from its own facts and the link before. */
  readonly follows: boolean
  /** Lines found now. */
  readonly found: number
  /** The lines found now have the hash they had. */
  readonly linesHold: boolean
  /** Lines that count as erased and still carry words or evidence. */
  readonly dressed: number
}

/** Null as long as nothing was written to the ledger. */
export async function findChainEnd(scope: WorkspaceScope): Promise<ChainEnd | null> {
  const [row] = await scope.query<ChainEnd>(
    `select seq, lines, encode(hash, 'hex') as hash from consent_chains where workspace_id = $1`,
    [scope.workspaceId],
  )
  return row ?? null
}

export interface LinkSize {
  readonly seq: number
  readonly lines: number
}

/** The next links after one, by their order. */
export async function listLinkSizes(
  scope: WorkspaceScope,
  after: number,
  until: number,
  limit: number,
): Promise<LinkSize[]> {
  return scope.query<LinkSize>(
    `select seq, lines from consent_links where workspace_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
    [scope.workspaceId, after, until, limit],
  )
}

const lineHash = `sha256(convert_to(siar_consent_line(c.id, c.workspace_id, c.contact_id, c.purpose, c.state, c.source, c.actor, c.at,
  c.salt, c.wording, c.wording_hash, c.evidence, c.evidence_hash), 'UTF8'))`

const foundSql = (ofLink: string) => `
  select count(*) as lines, sha256(string_agg(${lineHash}, ''::bytea order by c.id collate "C")) as hash,
    count(*) filter (where (c.wording_hash is not null and c.wording <> '')
      or (c.evidence_hash is not null and c.evidence <> '{}')) as dressed
  from consents c where c.workspace_id = $1 and ${ofLink}`

const checkSql = `
  with page as materialized (
    select l.*, coalesce((select b.hash from consent_links b where b.workspace_id = $1 and b.seq = l.seq - 1), ''::bytea) as previous
    from consent_links l where l.workspace_id = $1 and l.seq = any($2::bigint[])
  ), found as materialized (
    select p.seq, f.* from page p cross join lateral (${foundSql('c.batch = p.batch')}) f where p.batch <> 0
    union all
    select p.seq, f.* from page p cross join lateral (${foundSql('c.batch is null')}) f where p.batch = 0
  )
  select l.seq, l.at, l.lines, encode(l.hash, 'hex') as hash,
    l.hash = siar_consent_link_hash(l.workspace_id, l.seq, l.lines, l.at, l.lines_hash, l.previous) as follows,
    f.lines as found, coalesce(f.hash = l.lines_hash, false) as "linesHold", f.dressed
  from page l join found f on f.seq = l.seq order by l.seq`

/** Recomputes links from the lines of the ledger. Reads every line of them, by index only: plans may be older than the ledger. */
export async function checkLinks(scope: WorkspaceScope, seqs: readonly number[]): Promise<CheckedLink[]> {
  await scope.query("select set_config('enable_seqscan', 'off', true)")
  return scope.query<CheckedLink>(checkSql, [scope.workspaceId, seqs])
}

/** Lines that belong to no link: written while the triggers did not run, or put there by other ways. */
export async function countUnlinked(scope: WorkspaceScope): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    `select count(*) as count from consents c where c.workspace_id = $1 and not exists (
       select 1 from consent_links l where l.workspace_id = $1 and l.batch = coalesce(c.batch, 0) and l.seq is not null)`,
    [scope.workspaceId],
  )
  return row?.count ?? 0
}

/** The hash of one link; null when there is no such link. */
export async function findLinkHash(scope: WorkspaceScope, seq: number): Promise<string | null> {
  const [row] = await scope.query<{ hash: string }>(
    `select encode(hash, 'hex') as hash from consent_links where workspace_id = $1 and seq = $2`,
    [scope.workspaceId, seq],
  )
  return row?.hash ?? null
}
