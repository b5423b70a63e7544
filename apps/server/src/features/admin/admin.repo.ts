import type { SystemScope, WorkspaceScope } from '@siar/database'

export interface UserRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly active: boolean
  readonly isPlatformAdmin: boolean
  readonly workspaces: number
  readonly createdAt: Date
}

const selectUser = `select u.id, u.name, u.email, u.email_verified as "emailVerified", u.banned is not true as active,
    coalesce(u.role = 'admin', false) as "isPlatformAdmin", u.created_at as "createdAt",
    (select count(*) from members m where m.user_id = u.id) as workspaces
  from users u`

/** Newest first; ids sort by time. */
export async function listUsers(
  scope: SystemScope,
  page: { readonly search: string | undefined; readonly beforeId: string | null; readonly limit: number },
): Promise<UserRow[]> {
  return scope.query<UserRow>(
    `${selectUser}
     where ($1::text is null or strpos(lower(u.name || ' ' || u.email), lower($1)) > 0)
       and ($2::text is null or u.id < $2)
     order by u.id desc limit $3`,
    [page.search ?? null, page.beforeId, page.limit],
  )
}

export async function findUser(scope: SystemScope, userId: string): Promise<UserRow | null> {
  const [row] = await scope.query<UserRow>(`${selectUser} where u.id = $1`, [userId])
  return row ?? null
}

/** Locks the active platform admins until the transaction ends, so that the last two cannot go at once. */
export async function lockPlatformAdmins(scope: SystemScope): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select id from users where role = 'admin' and banned is not true order by id for update`,
  )
  return rows.map(({ id }) => id)
}

export async function updateUser(
  scope: SystemScope,
  userId: string,
  state: { readonly active: boolean; readonly isPlatformAdmin: boolean; readonly at: Date },
): Promise<void> {
  await scope.execute('update users set banned = $2, role = $3, updated_at = $4 where id = $1', [
    userId,
    !state.active,
    state.isPlatformAdmin ? 'admin' : 'user',
    state.at,
  ])
}

export interface WorkspaceRow {
  readonly id: string
  readonly name: string
  readonly status: 'active' | 'suspended'
  readonly isDemo: boolean
  readonly members: number
  readonly contacts: number
  readonly senders: number
  readonly messageQuota: number | null
  readonly createdAt: Date
}

export async function listAllWorkspaces(scope: SystemScope): Promise<WorkspaceRow[]> {
  const countBy = (table: string) =>
    `(select workspace_id, count(*) as rows from ${table} group by workspace_id)`
  return scope.query<WorkspaceRow>(
    `select w.id, w.name, w.status, w.is_demo as "isDemo", w.message_quota as "messageQuota", w.created_at as "createdAt",
       coalesce(m.rows, 0) as members, coalesce(c.rows, 0) as contacts, coalesce(s.rows, 0) as senders
     from workspaces w
       left join ${countBy('members')} m on m.workspace_id = w.id
       left join ${countBy('contacts')} c on c.workspace_id = w.id
       left join ${countBy('senders')} s on s.workspace_id = w.id
     where w.status <> 'removed' order by w.created_at desc, w.id`,
  )
}

/** @param messageQuota Campaign messages a calendar month; null for no limit. @returns False when there is no such workspace. */
export async function setMessageQuota(scope: WorkspaceScope, messageQuota: number | null): Promise<boolean> {
  const changed = await scope.execute(
    `update workspaces set message_quota = $2 where id = $1 and status <> 'removed'`,
    [scope.workspaceId, messageQuota],
  )
  return changed === 1
}

/** @returns False when there is no such workspace. */
export async function setWorkspaceStatus(
  scope: WorkspaceScope,
  status: 'active' | 'suspended',
): Promise<boolean> {
  const changed = await scope.execute(
    `update workspaces set status = $2 where id = $1 and status in ('active', 'suspended')`,
    [scope.workspaceId, status],
  )
  return changed === 1
}
