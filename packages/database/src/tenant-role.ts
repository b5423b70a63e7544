import type pg from 'pg'
import type { Database } from './client.ts'

/** The role without login and without bypass in which requests and jobs of one workspace run. */
export const tenantRoleName = 'siar_tenant'

/**
 * How this login separates workspaces: `usable`, it may become the tenant role; `forced`, it may not, but row security
 * binds the login itself (tables force it).
 */
export type TenantRole = 'usable' | 'forced'

interface RoleRow {
  usable: boolean
  bypasses: boolean
}

const known = new WeakMap<pg.Pool, Promise<TenantRole>>()

const roleQuery = `
  select coalesce((select pg_has_role(oid, 'member') from pg_roles where rolname = '${tenantRoleName}'), false) as usable,
         (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as bypasses`

async function readTenantRole(pool: pg.Pool): Promise<TenantRole> {
  const { rows } = await pool.query<RoleRow>(roleQuery)
  if (rows[0]?.usable === true) return 'usable'
  if (rows[0]?.bypasses === false) return 'forced'
  throw new Error(
    `The database login bypasses row security and may not use the role ${tenantRoleName}, so workspaces cannot be kept apart. ` +
      'Run the migrations (`siar migrate`), or see the message they print.',
  )
}

/** Asked once for each database; a failure is forgotten, so that a later migration heals it. */
export function findTenantRole(database: Pick<Database, 'pool'>): Promise<TenantRole> {
  const asked = known.get(database.pool)
  if (asked !== undefined) return asked
  const answer = readTenantRole(database.pool)
  known.set(database.pool, answer)
  answer.catch(() => known.delete(database.pool))
  return answer
}

/** Forgets the answer, for after a migration made the role. */
export function forgetTenantRole(database: Pick<Database, 'pool'>): void {
  known.delete(database.pool)
}
