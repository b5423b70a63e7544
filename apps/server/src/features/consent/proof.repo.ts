import type { WorkspaceScope } from '@siar/database'

/** The zone in which a workspace reads its times. */
export async function findTimeZone(scope: WorkspaceScope): Promise<string> {
  const [row] = await scope.query<{ timeZone: string }>(
    'select time_zone as "timeZone" from workspaces where id = $1',
    [scope.workspaceId],
  )
  return row?.timeZone ?? 'UTC'
}
