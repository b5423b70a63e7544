import type { WorkspaceScope } from '@siar/database'
import type { SuppressionId } from '@siar/domain'
import type { CursorKeys } from '../../list-cursor.ts'

export type SuppressionReason = 'unsubscribed' | 'spam_report' | 'invalid' | 'manual'

export interface SuppressionRow {
  readonly id: string
  readonly kind: 'phone' | 'user_id' | 'lid'
  readonly value: string
  readonly reason: SuppressionReason
  readonly note: string
  readonly contactId: string | null
  readonly createdAt: Date
  /** The instant as the database writes it, with microseconds, for cursors. */
  readonly createdAtText: string
}

export interface SuppressionFilter {
  /** `like` patterns over the address, any of which may match; empty for all. */
  readonly patterns: readonly string[]
  readonly reason: SuppressionReason | null
}

const columns = `s.id, s.kind, s.value, s.reason, s.note, a.contact_id as "contactId",
  s.created_at as "createdAt", s.created_at::text as "createdAtText"`
const joined =
  'left join addresses a on a.workspace_id = s.workspace_id and a.kind = s.kind and a.value = s.value'
const matching = `s.workspace_id = $1 and ($2::text is null or s.reason = $2)
  and (cardinality($3::text[]) = 0 or s.value like any($3) or s.note ilike any($3))`

export async function listSuppressions(
  scope: WorkspaceScope,
  filter: SuppressionFilter,
  after: CursorKeys | null,
  limit: number,
): Promise<SuppressionRow[]> {
  return scope.query<SuppressionRow>(
    `select ${columns} from suppressions s ${joined}
     where ${matching} and ($4::timestamptz is null or (s.created_at, s.id) < ($4::timestamptz, $5::text))
     order by s.created_at desc, s.id desc limit $6`,
    [scope.workspaceId, filter.reason, filter.patterns, after?.[0] ?? null, after?.[1] ?? null, limit],
  )
}

export async function countSuppressions(scope: WorkspaceScope, filter: SuppressionFilter): Promise<number> {
  const rows = await scope.query<{ count: number }>(
    `select count(*) as count from suppressions s where ${matching}`,
    [scope.workspaceId, filter.reason, filter.patterns],
  )
  return rows[0]?.count ?? 0
}

/** Suppresses a number; null when it is suppressed already. */
export async function insertSuppression(
  scope: WorkspaceScope,
  row: {
    id: SuppressionId
    value: string
    reason: SuppressionReason
    note: string
    createdBy: string
    at: Date
  },
): Promise<SuppressionRow | null> {
  const rows = await scope.query<SuppressionRow>(
    `with s as (
       insert into suppressions (workspace_id, id, kind, value, reason, note, created_by, created_at)
       values ($1, $2, 'phone', $3, $4, $5, $6, $7)
       on conflict (workspace_id, kind, value) do nothing returning *
     ) select ${columns} from s ${joined}`,
    [scope.workspaceId, row.id, row.value, row.reason, row.note, row.createdBy, row.at],
  )
  return rows[0] ?? null
}

/** Suppresses numbers in one statement; answers how many were not suppressed before. */
export async function insertSuppressions(
  scope: WorkspaceScope,
  rows: readonly { id: SuppressionId; value: string; reason: SuppressionReason; note: string }[],
  by: { readonly createdBy: string; readonly at: Date },
): Promise<number> {
  return scope.execute(
    `insert into suppressions (workspace_id, id, kind, value, reason, note, created_by, created_at)
     select $1, r.id, 'phone', r.value, r.reason, r.note, $3, $4
     from json_to_recordset($2::json) as r (id text, value text, reason text, note text) order by r.value
     on conflict (workspace_id, kind, value) do nothing`,
    [scope.workspaceId, JSON.stringify(rows), by.createdBy, by.at],
  )
}

export async function removeSuppression(
  scope: WorkspaceScope,
  id: SuppressionId,
): Promise<{ kind: string; reason: string } | null> {
  const rows = await scope.query<{ kind: string; reason: string }>(
    `delete from suppressions where workspace_id = $1 and id = $2 returning kind, reason`,
    [scope.workspaceId, id],
  )
  return rows[0] ?? null
}
