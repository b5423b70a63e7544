import type { WorkspaceScope } from '@siar/database'

/** Keeps what a look-up said of a number. */
export async function keepExistence(
  scope: WorkspaceScope,
  phone: string,
  exists: boolean,
  at: Date,
): Promise<void> {
  await scope.execute(
    `update addresses set on_whatsapp = $3, on_whatsapp_at = $4
     where workspace_id = $1 and kind = 'phone' and value = $2`,
    [scope.workspaceId, phone, exists, at],
  )
}
