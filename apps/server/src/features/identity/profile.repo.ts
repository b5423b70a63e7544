import type { Role } from '@siar/contract'
import type { SystemScope } from '@siar/database'

export interface ProfileRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly language: 'id' | 'en'
  readonly timeZone: string
  readonly currency: 'IDR' | 'USD'
  readonly role: string | null
  readonly twoFactorEnabled: boolean | null
}

export interface MembershipOfUser {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly isDemo: boolean
}

export interface LoginSessionRow {
  readonly id: string
  readonly ipAddress: string | null
  readonly userAgent: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function findProfile(scope: SystemScope, userId: string): Promise<ProfileRow | null> {
  const [row] = await scope.query<ProfileRow>(
    `select id, name, email, language, time_zone as "timeZone", currency, role,
            two_factor_enabled as "twoFactorEnabled"
     from users where id = $1`,
    [userId],
  )
  return row ?? null
}

/** Oldest membership first, as the authenticator chooses. */
export async function listMemberships(scope: SystemScope, userId: string): Promise<MembershipOfUser[]> {
  return scope.query<MembershipOfUser>(
    `select w.id, w.name, m.role, w.is_demo as "isDemo"
     from members m join workspaces w on w.id = m.workspace_id
     where m.user_id = $1 and w.status <> 'removed'
     order by m.created_at, w.is_demo, m.id`,
    [userId],
  )
}

export interface ProfileChange {
  readonly name?: string | undefined
  readonly language?: string | undefined
  readonly timeZone?: string | undefined
  readonly currency?: string | undefined
}

export async function updateProfile(
  scope: SystemScope,
  userId: string,
  change: ProfileChange,
  at: Date,
): Promise<void> {
  await scope.execute(
    `update users set name = coalesce($2, name), language = coalesce($3, language),
            time_zone = coalesce($4, time_zone), currency = coalesce($5, currency), updated_at = $6
     where id = $1`,
    [
      userId,
      change.name ?? null,
      change.language ?? null,
      change.timeZone ?? null,
      change.currency ?? null,
      at,
    ],
  )
}

export async function setActiveWorkspace(
  scope: SystemScope,
  sessionId: string,
  workspaceId: string,
): Promise<void> {
  await scope.execute('update login_sessions set active_workspace_id = $2 where id = $1', [
    sessionId,
    workspaceId,
  ])
}

export async function listLoginSessions(scope: SystemScope, userId: string): Promise<LoginSessionRow[]> {
  return scope.query<LoginSessionRow>(
    `select id, ip_address as "ipAddress", user_agent as "userAgent", created_at as "createdAt",
            expires_at as "expiresAt"
     from login_sessions where user_id = $1 and expires_at > now()
     order by created_at desc, id`,
    [userId],
  )
}

export async function deleteLoginSession(
  scope: SystemScope,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  const gone = await scope.execute('delete from login_sessions where id = $1 and user_id = $2', [
    sessionId,
    userId,
  ])
  return gone === 1
}

export async function deleteLoginSessionsOf(scope: SystemScope, userId: string): Promise<void> {
  await scope.execute('delete from login_sessions where user_id = $1', [userId])
}
