import type { WorkspaceScope } from '@siar/database'
import type { Language } from '../../core.ts'

export interface Manager {
  readonly email: string
  readonly name: string
  readonly language: Language
  readonly timeZone: string
}

/** Owners and admins of the workspace who can sign in. */
export async function listManagers(scope: WorkspaceScope): Promise<Manager[]> {
  return scope.query<Manager>(
    `select u.email, u.name, u.time_zone as "timeZone", case when u.language = 'en' then 'en' else 'id' end as language
     from members m join users u on u.id = m.user_id
     where m.workspace_id = $1 and m.role in ('owner', 'admin') and not coalesce(u.banned, false)
     order by m.created_at, m.id`,
    [scope.workspaceId],
  )
}

export async function findWorkspaceName(scope: WorkspaceScope): Promise<string> {
  const [row] = await scope.query<{ name: string }>('select name from workspaces where id = $1', [
    scope.workspaceId,
  ])
  return row?.name ?? ''
}
