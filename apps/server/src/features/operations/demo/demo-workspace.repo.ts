import type { SystemScope } from '@siar/database'
import type { UserId, WorkspaceId } from '@siar/domain'
import type { Core } from '../../../core.ts'

/**
 * Quiet hours are off, so that a campaign can be watched at any hour: nobody of the simulator is woken.
 *
 * @param userId Its owner; null leaves it to the first admin.
 */
export async function insertDemoWorkspace(
  core: Core,
  scope: SystemScope,
  userId: UserId | null,
): Promise<WorkspaceId> {
  const id = core.newId('ws')
  await scope.execute(
    `insert into workspaces (id, name, slug, is_demo, settings, created_at)
     values ($1, 'Kopi Melati (demo)', $1, true, $3, $2)`,
    [id, core.now(), JSON.stringify({ quietHours: { enabled: false, from: '21:00', to: '07:00' } })],
  )
  if (userId) {
    await scope.execute(
      `insert into members (id, workspace_id, user_id, role, created_at) values ($1, $2, $3, 'owner', $4)`,
      [core.newId('mem'), id, userId, core.now()],
    )
  }
  return id
}

/** @returns true for the first caller of an installation only, so that a removed demo does not come back. */
export async function claimFirstDemo(scope: SystemScope): Promise<boolean> {
  const claimed = await scope.execute(
    `insert into installation_settings (key, value) values ('demo', '{"seeded": true}') on conflict do nothing`,
  )
  return claimed === 1
}
