import { AsyncLocalStorage } from 'node:async_hooks'
import type { WorkspaceId } from '@siar/domain'
import type pg from 'pg'
import type { Database } from './client.ts'
import { findTenantRole, tenantRoleName } from './tenant-role.ts'
import { limitSql, openTransaction, type StatementLimits, type Transaction } from './transaction.ts'

declare const scopeKind: unique symbol

/** A transaction that sees and changes the rows of one workspace only. Only `withWorkspace` makes one. */
export interface WorkspaceScope extends Transaction {
  readonly workspaceId: WorkspaceId
  readonly [scopeKind]: 'workspace'
}

/** A transaction over every workspace, for the lanes, the jobs and the administrator. Only `withSystem` makes one. */
export interface SystemScope extends Transaction {
  readonly workspaceId?: never
  readonly [scopeKind]: 'system'
}

export type AnyScope = WorkspaceScope | SystemScope

export interface TransactionOptions {
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readOnly?: boolean
  /** Limits of this transaction alone, in ms, in place of those of the connection. */
  timeouts?: StatementLimits
}

const openScopes = new AsyncLocalStorage<{ open: boolean }>()
const workspaceIdPattern = /^[A-Za-z0-9_]{1,64}$/

function beginStatement(options: TransactionOptions | undefined): string {
  const isolation = options?.isolation === undefined ? '' : ` isolation level ${options.isolation}`
  const access = options?.readOnly === true ? ' read only' : ''
  return [`begin${isolation}${access}`, ...limitSql(options?.timeouts ?? {})].join('; ')
}

async function runScope<T>(
  database: Database,
  prelude: string,
  options: TransactionOptions | undefined,
  run: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  if (openScopes.getStore()?.open === true) {
    throw new Error(
      'A scope was opened inside a scope; pass the outer scope on, or open the inner one after it',
    )
  }
  const client: pg.PoolClient = await database.pool.connect()
  const marker = { open: true }
  const limits = { answerMs: database.timeouts.answerMs, statementMs: options?.timeouts?.statementMs }
  try {
    return await openScopes.run(marker, () => openTransaction(client, prelude, limits, run))
  } finally {
    marker.open = false
  }
}

/**
 * Runs one transaction that sees only the rows of `workspaceId`, enforced by row-level security.
 *
 * Begin, role and workspace travel in one round trip. The transaction commits when `run` resolves and rolls back when
 * it throws; the scope must not be used afterwards (it then throws). Statements started together run one after the
 * other. No external call inside: it would hold the connection. Nested scopes are refused, because two connections of
 * one pool held by one task can lock the whole process.
 *
 * @throws TypeError when the id has impossible characters, Error when the server cannot separate workspaces for this
 *         login (it bypasses row security and may not use the role `siar_tenant`).
 */
export async function withWorkspace<T>(
  database: Database,
  workspaceId: string,
  run: (scope: WorkspaceScope) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  if (!workspaceIdPattern.test(workspaceId)) throw new TypeError('Not a workspace id')
  const role = (await findTenantRole(database)) === 'usable' ? `set local role ${tenantRoleName};` : ''
  const narrow = `set local siar.workspace = '${workspaceId}'; set local siar.scope = 'tenant'`
  const prelude = `${beginStatement(options)}; ${narrow}; ${role}`
  return runScope(database, prelude, options, (transaction) =>
    run(Object.assign(transaction, { workspaceId: workspaceId as WorkspaceId }) as unknown as WorkspaceScope),
  )
}

/**
 * Runs one transaction over all workspaces; same promises as `withWorkspace`, without its walls. Every statement in it
 * names its workspaces itself.
 */
export async function withSystem<T>(
  database: Database,
  run: (scope: SystemScope) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  return runScope(database, beginStatement(options), options, (transaction) =>
    run(transaction as unknown as SystemScope),
  )
}
