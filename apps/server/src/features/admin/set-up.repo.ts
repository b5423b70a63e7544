import type { SystemScope } from '@siar/database'

/** Whether there is a platform admin; then the set-up is over for good. */
export async function isSetUp(scope: SystemScope): Promise<boolean> {
  const rows = await scope.query(`select 1 from users where role = 'admin' limit 1`)
  return rows.length > 0
}
