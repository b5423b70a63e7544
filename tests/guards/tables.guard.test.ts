import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'

const database = await testDatabase()

/** Tables that belong to the installation. A new one stands here by decision, or has a `workspace_id`. */
const OF_THE_INSTALLATION = [
  'users',
  'login_sessions',
  'login_accounts',
  'verifications',
  'two_factors',
  'rate_limits',
  'installation_settings',
  'outbox_mails',
  'shards',
  'processes',
  'portfolio_people',
  'portfolios',
  'prices',
  'exchange_rates',
]

/** Tables whose row is the workspace itself. */
const WORKSPACE = 'workspaces'

/** What the tenant role may do where it may not do everything. */
const GRANTS: Readonly<Record<string, readonly string[]>> = {
  workspaces: ['SELECT', 'UPDATE'],
  consents: ['INSERT', 'SELECT'],
  consent_links: ['SELECT'],
  consent_chains: ['SELECT'],
  audit_log: ['INSERT', 'SELECT'],
  users: ['SELECT'],
  shards: ['SELECT'],
  prices: ['SELECT'],
  exchange_rates: ['SELECT'],
}
const everything = ['DELETE', 'INSERT', 'SELECT', 'UPDATE']

interface TableRow {
  readonly name: string
  readonly isTenant: boolean
  readonly enabled: boolean
  readonly forced: boolean
  readonly policies: string[]
  readonly grants: string[]
}

const { rows: tables } = await database.pool.query<TableRow>(`
  select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
      as "isTenant",
    array(select concat_ws(' ', p.polname, p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid))
          from pg_policy p where p.polrelid = c.oid) as policies,
    array(select g.privilege_type::text from information_schema.role_table_grants g
          where g.grantee = 'siar_tenant' and g.table_schema = 'public' and g.table_name = c.relname order by 1) as grants
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)

const named = (name: string) => tables.filter((table) => table.name === name)
const separated = [...tables.filter(({ isTenant }) => isTenant), ...named(WORKSPACE)]

test('every table belongs to a workspace or stands on the list of those that do not', () => {
  const others = tables.filter((table) => !separated.includes(table)).map(({ name }) => name)
  expect(others.toSorted()).toEqual(OF_THE_INSTALLATION.toSorted())
  expect(separated.length).toBeGreaterThan(25)
})

test.for(separated.map((table) => [table.name, table] as const))(
  '%s is separated by row security, also from its owner',
  ([name, table]) => {
    const key = name === WORKSPACE ? 'id' : 'workspace_id'
    expect({ enabled: table.enabled, forced: table.forced }).toEqual({ enabled: true, forced: true })
    expect(table.policies).toEqual([
      `workspace_isolation * t ((${key} = ( SELECT current_setting('siar.workspace'::text, true) AS current_setting)) OR ( SELECT ((current_setting('siar.scope'::text, true) = 'system'::text) AND (CURRENT_USER <> 'siar_tenant'::name))))`,
    ])
    expect(table.grants).toEqual(GRANTS[name] ?? everything)
  },
)

test('the tenant role reads of the installation only what requests need, and writes nothing of it', () => {
  for (const name of OF_THE_INSTALLATION) {
    expect(named(name)[0]?.grants, name).toEqual(GRANTS[name] ?? [])
  }
})

test('the tenant role can neither log in nor pass row security by', async () => {
  const { rows } = await database.pool.query(
    `select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb from pg_roles where rolname = 'siar_tenant'`,
  )
  expect(rows).toEqual([
    { rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false, rolcreatedb: false },
  ])
})

test('a function that runs with the rights of its owner is called by nobody unless it was granted', async () => {
  const { rows } = await database.pool.query<{ name: string; open: boolean }>(
    `select p.proname as name, has_function_privilege('public', p.oid, 'execute') as open
     from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`,
  )
  expect(rows.filter(({ open }) => open)).toEqual([])
})
