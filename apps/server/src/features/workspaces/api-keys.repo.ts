import type { WorkspaceScope } from '@siar/database'

export interface ApiKeyRow {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly permissions: string
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly createdAt: Date
}

const columns = `id, coalesce(name, '') as name, coalesce(start, '') as start, coalesce(permissions, '[]') as permissions,
  expires_at as "expiresAt", last_request_at as "lastUsedAt", created_at as "createdAt"`

export async function insertApiKey(
  scope: WorkspaceScope,
  row: Omit<ApiKeyRow, 'lastUsedAt'> & { readonly hash: string },
): Promise<void> {
  await scope.execute(
    `insert into api_keys
       (id, workspace_id, name, start, prefix, key, permissions, expires_at, created_at, updated_at, rate_limit_enabled)
     values ($1, $2, $3, $4, 'siar_', $5, $6, $7, $8, $8, false)`,
    [row.id, scope.workspaceId, row.name, row.start, row.hash, row.permissions, row.expiresAt, row.createdAt],
  )
}

/** Newest first, expired ones too: people look up what stopped working. */
export async function listApiKeys(scope: WorkspaceScope): Promise<ApiKeyRow[]> {
  return scope.query<ApiKeyRow>(
    `select ${columns} from api_keys where workspace_id = $1 order by created_at desc, id`,
    [scope.workspaceId],
  )
}

export async function deleteApiKey(scope: WorkspaceScope, id: string): Promise<boolean> {
  const gone = await scope.execute('delete from api_keys where workspace_id = $1 and id = $2', [
    scope.workspaceId,
    id,
  ])
  return gone === 1
}
