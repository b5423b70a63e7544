import type { Role } from '@siar/contract'
import type { SystemScope, WorkspaceScope } from '@siar/database'

export interface InvitationRow {
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly status: 'pending' | 'accepted' | 'rejected' | 'canceled'
  readonly expiresAt: Date
  readonly createdAt: Date
}

export interface OpenInvitation extends InvitationRow {
  readonly workspaceId: string
  readonly workspaceName: string
  readonly inviterName: string
}

const columns = 'i.id, i.email, i.role, i.status, i.expires_at as "expiresAt", i.created_at as "createdAt"'

export async function insertInvitation(
  scope: WorkspaceScope,
  row: Pick<InvitationRow, 'id' | 'email' | 'role' | 'expiresAt' | 'createdAt'> & {
    readonly inviterId: string
  },
): Promise<void> {
  await scope.execute(
    `insert into invitations (id, workspace_id, email, role, status, expires_at, created_at, inviter_id)
     values ($1, $2, $3, $4, 'pending', $5, $6, $7)`,
    [row.id, scope.workspaceId, row.email, row.role, row.expiresAt, row.createdAt, row.inviterId],
  )
}

export async function listPendingInvitations(scope: WorkspaceScope): Promise<InvitationRow[]> {
  return scope.query<InvitationRow>(
    `select ${columns} from invitations i where i.workspace_id = $1 and i.status = 'pending'
     order by i.created_at desc, i.id`,
    [scope.workspaceId],
  )
}

/** Takes back what is still open, of one id or of one address; answers the roles they offered. */
export async function cancelPending(
  scope: WorkspaceScope,
  which: { readonly id: string } | { readonly email: string },
): Promise<{ id: string; role: Role }[]> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['email', which.email]
  return scope.query(
    `update invitations set status = 'canceled' where workspace_id = $1 and ${column} = $2 and status = 'pending'
     returning id, role`,
    [scope.workspaceId, value],
  )
}

const openInvitation = `select ${columns}, i.workspace_id as "workspaceId", w.name as "workspaceName",
    u.name as "inviterName"
  from invitations i join workspaces w on w.id = i.workspace_id join users u on u.id = i.inviter_id
  where i.id = $1 and i.status = 'pending' and i.expires_at > $2 and w.status <> 'removed'`

/** Found by whoever holds the link; null once it was used, taken back or has expired. */
export async function findOpenInvitation(
  scope: SystemScope,
  id: string,
  now: Date,
): Promise<OpenInvitation | null> {
  const [row] = await scope.query<OpenInvitation>(openInvitation, [id, now])
  return row ?? null
}

/** As `findOpenInvitation`; of several acceptances at once one goes on, the others find nothing. */
export async function lockOpenInvitation(
  scope: SystemScope,
  id: string,
  now: Date,
): Promise<OpenInvitation | null> {
  const [row] = await scope.query<OpenInvitation>(`${openInvitation} for update of i`, [id, now])
  return row ?? null
}

export async function markAccepted(scope: SystemScope, id: string): Promise<void> {
  await scope.execute(`update invitations set status = 'accepted' where id = $1`, [id])
}

/** @returns False when the person belongs to the workspace already; the role then stays as it is. */
export async function joinWorkspace(
  scope: SystemScope,
  row: { id: string; workspaceId: string; userId: string; role: Role; createdAt: Date },
): Promise<boolean> {
  const joined = await scope.execute(
    `insert into members (id, workspace_id, user_id, role, created_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, user_id) do nothing`,
    [row.id, row.workspaceId, row.userId, row.role, row.createdAt],
  )
  return joined === 1
}
