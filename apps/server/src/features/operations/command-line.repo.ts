import type { SystemScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'

export interface WorkspaceChoice {
  readonly id: WorkspaceId
  readonly name: string
  readonly isDemo: boolean
  readonly language: 'id' | 'en'
}

export async function listWorkspaceChoices(scope: SystemScope): Promise<WorkspaceChoice[]> {
  return scope.query<WorkspaceChoice>(
    `select id, name, is_demo as "isDemo", language from workspaces where status = 'active' order by created_at, id`,
  )
}

/** The workspace of the command line. It belongs to the first platform admin, or to whoever becomes it. */
export async function insertCommandLineWorkspace(core: Core, scope: SystemScope): Promise<WorkspaceChoice> {
  const id = core.newId('ws')
  await scope.execute(`insert into workspaces (id, name, slug, created_at) values ($1, 'CLI', $1, $2)`, [
    id,
    core.now(),
  ])
  await scope.execute(
    `insert into members (id, workspace_id, user_id, role, created_at)
     select $1, $2, u.id, 'owner', $3 from users u where u.role = 'admin' order by u.created_at limit 1`,
    [core.newId('mem'), id, core.now()],
  )
  return { id, name: 'CLI', isDemo: false, language: 'id' }
}

/** Tells whether another process works on senders and jobs now, so that this one need not. */
export async function hasLivingWorker(scope: SystemScope): Promise<boolean> {
  const rows = await scope.query(
    `select 1 from processes where role in ('start', 'worker') and seen_at > now() - interval '6 seconds' limit 1`,
  )
  return rows.length > 0
}
