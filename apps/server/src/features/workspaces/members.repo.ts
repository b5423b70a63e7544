import type { Role } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'

export interface MemberRow {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly createdAt: Date
}

const select = `select m.id, m.user_id as "userId", u.name, u.email, m.role, m.created_at as "createdAt"
  from members m join users u on u.id = m.user_id`

export async function listMembers(scope: WorkspaceScope): Promise<MemberRow[]> {
  return scope.query<MemberRow>(`${select} where m.workspace_id = $1 order by m.created_at, m.id`, [
    scope.workspaceId,
  ])
}

export async function findMember(scope: WorkspaceScope, memberId: string): Promise<MemberRow | null> {
  const [row] = await scope.query<MemberRow>(`${select} where m.workspace_id = $1 and m.id = $2`, [
    scope.workspaceId,
    memberId,
  ])
  return row ?? null
}

/**
 * Locks the owners of the workspace until the transaction ends and answers their member ids, so that two requests at
 * once cannot take the last two away.
 */
export async function lockOwners(scope: WorkspaceScope): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select id from members where workspace_id = $1 and role = 'owner' order by id for update`,
    [scope.workspaceId],
  )
  return rows.map(({ id }) => id)
}

export async function updateRole(scope: WorkspaceScope, memberId: string, role: Role): Promise<void> {
  await scope.execute('update members set role = $3 where workspace_id = $1 and id = $2', [
    scope.workspaceId,
    memberId,
    role,
  ])
}

export async function deleteMember(scope: WorkspaceScope, memberId: string): Promise<void> {
  await scope.execute('delete from members where workspace_id = $1 and id = $2', [
    scope.workspaceId,
    memberId,
  ])
}

export async function isMemberEmail(scope: WorkspaceScope, email: string): Promise<boolean> {
  const rows = await scope.query(
    'select 1 from members m join users u on u.id = m.user_id where m.workspace_id = $1 and u.email = $2',
    [scope.workspaceId, email],
  )
  return rows.length > 0
}
