import type { Role } from '@siar/contract'
import type { SystemScope } from '@siar/database'

export interface ApiKeyRow {
  readonly id: string
  readonly name: string | null
  readonly permissions: string | null
  readonly workspaceId: string
  readonly workspaceStatus: 'active' | 'suspended'
  readonly language: 'id' | 'en'
}

/** Finds a living key by its hash and notes the use, at most once a minute, in one round trip. */
export async function findApiKey(scope: SystemScope, hash: string, now: Date): Promise<ApiKeyRow | null> {
  const [row] = await scope.query<ApiKeyRow>(
    `with found as (
       select k.id, k.name, k.permissions, k.workspace_id as "workspaceId", w.status as "workspaceStatus", w.language
       from api_keys k join workspaces w on w.id = k.workspace_id
       where k.key = $1 and k.enabled and (k.expires_at is null or k.expires_at > $2) and w.status <> 'removed'
     ), used as (
       update api_keys set last_request_at = $2
       where id = (select id from found)
         and (last_request_at is null or last_request_at < $2::timestamptz - interval '1 minute')
     )
     select * from found`,
    [hash, now],
  )
  return row ?? null
}

export interface MembershipRow {
  readonly workspaceId: string
  readonly workspaceStatus: 'active' | 'suspended'
  readonly role: Role
}

/**
 * The membership a person acts in: of the wanted workspace, else of the active one while it lasts, else the oldest.
 */
export async function findActingMembership(
  scope: SystemScope,
  userId: string,
  wantedWorkspaceId: string | null,
  activeWorkspaceId: string | null,
): Promise<MembershipRow | null> {
  const [row] = await scope.query<MembershipRow>(
    `select w.id as "workspaceId", w.status as "workspaceStatus", m.role
     from members m join workspaces w on w.id = m.workspace_id
     where m.user_id = $1 and w.status <> 'removed' and ($2::text is null or w.id = $2)
     order by (w.id = $3) desc nulls last, m.created_at, w.is_demo, m.id
     limit 1`,
    [userId, wantedWorkspaceId, activeWorkspaceId],
  )
  return row ?? null
}
