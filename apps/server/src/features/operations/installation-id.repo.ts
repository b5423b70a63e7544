import type { SystemScope } from '@siar/database'

/**
 * What tells this installation from others that share a Redis with it: made at the first call, the same ever after.
 *
 * @param fresh Taken when there is none yet.
 */
export async function getInstallationId(scope: SystemScope, fresh: string): Promise<string> {
  await scope.execute(
    `insert into installation_settings (key, value) values ('installation_id', to_jsonb($1::text))
     on conflict (key) do nothing`,
    [fresh],
  )
  const [row] = await scope.query<{ id: string }>(
    `select value #>> '{}' as id from installation_settings where key = 'installation_id'`,
  )
  return row?.id ?? fresh
}
