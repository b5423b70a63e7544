import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { silentLogger, type DatabaseLogger } from './logger.ts'

/** Where the server is, in parts; `host` is a host name or the folder of a Unix socket. */
export interface ConnectionParts {
  host: string
  port?: number
  user: string
  password: string
  database: string
}

/** Times in milliseconds; 0 means none. A transaction that overstays loses its locks and its connection. */
export interface DatabaseTimeouts {
  statementMs: number
  lockMs: number
  idleInTransactionMs: number
  /** How long one waits for a free connection of the pool. */
  connectMs: number
  /**
   * How much longer than the limit of a statement one waits for its answer. The server keeps its limits itself; this one is for a
   * connection of which the other end is gone without a word.
   */
  answerMs: number
}

export interface DatabaseOptions {
  /** `postgres://…`; a direct address, because LISTEN and session locks do not pass a transaction pooler. */
  connectionString?: string | undefined
  /** In place of `connectionString`: what the embedded server answers. */
  connection?: ConnectionParts | undefined
  /** Connections of the pool, 10 unless told. The bus and a running migration each open one more. */
  poolMax?: number | undefined
  /** Starts with `siar`, so that the embedded server sees who still uses it. */
  applicationName?: string | undefined
  timeouts?: Partial<DatabaseTimeouts> | undefined
  logger?: DatabaseLogger | undefined
}

/** One PostgreSQL database: its pool, its drizzle door in system scope, and what dedicated clients need. */
export interface Database {
  readonly pool: pg.Pool
  /** Runs in system scope, each statement for itself. For rows of one workspace use `withWorkspace`. */
  readonly db: NodePgDatabase
  /** For clients outside the pool (LISTEN, migration); holds the password. */
  readonly clientConfig: pg.ClientConfig
  readonly timeouts: DatabaseTimeouts
  readonly logger: DatabaseLogger
  /** Waits for the running statements, then closes the pool. Calling it twice is fine. */
  close(): Promise<void>
}

/** What a connection allows unless told otherwise: architecture.md §3, so that a take-over stays under 10 s. */
export const defaultTimeouts: DatabaseTimeouts = {
  statementMs: 30_000,
  lockMs: 10_000,
  idleInTransactionMs: 30_000,
  connectMs: 15_000,
  answerMs: 5_000,
}

/** How long one waits for the answer to a statement that the server limits to `statementMs`; 0 when it does not. */
export const answerLimitMs = (statementMs: number, answerMs: number): number =>
  statementMs > 0 ? Math.trunc(statementMs + answerMs) : 0

const int8TypeId = 20

/** Counts and money in minor units fit a double; a value that does not is refused, never rounded. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('A bigint of the database is beyond 2^53')
  return value
}

pg.types.setTypeParser(int8TypeId, parseInt8)

/** Compiling takes longer than any statement of Siar gains by it; the embedded server has it off as well. */
const sessionOptions = '-c siar.scope=system -c jit=off'

/** Some hosts carry an option of their own in the address, which would otherwise replace ours. */
function withSessionOptions(connectionString: string): string {
  if (!URL.canParse(connectionString)) return connectionString
  const url = new URL(connectionString)
  const own = url.searchParams.get('options')
  if (own !== null) url.searchParams.set('options', `${own} ${sessionOptions}`)
  return own === null ? connectionString : url.toString()
}

/** A connection that has been silent so long is asked by the operating system whether its other end is there. */
const keepAliveAfterMs = 30_000

function buildClientConfig(options: DatabaseOptions, timeouts: DatabaseTimeouts): pg.ClientConfig {
  if (options.connection === undefined && !options.connectionString) {
    throw new TypeError('createDatabase needs a connectionString or a connection')
  }
  const target = options.connection ?? {
    connectionString: withSessionOptions(options.connectionString ?? ''),
  }
  return {
    ...target,
    application_name: options.applicationName ?? 'siar',
    options: sessionOptions,
    statement_timeout: timeouts.statementMs,
    lock_timeout: timeouts.lockMs,
    idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
    connectionTimeoutMillis: timeouts.connectMs,
    query_timeout: answerLimitMs(timeouts.statementMs, timeouts.answerMs),
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
  }
}

/**
 * Opens a database. Nothing is connected until the first statement.
 *
 * Every connection starts in system scope (`siar.scope`), which the row-level-security policies read; `withWorkspace`
 * narrows one transaction to one workspace. bigint arrives as a number and is refused beyond 2^53. A connection that
 * breaks while idle is logged and replaced; one that gives no answer in time is thrown away, and the statement fails with
 * `Query read timeout`.
 *
 * @throws TypeError when neither a connection string nor a connection is given.
 */
export function createDatabase(options: DatabaseOptions): Database {
  const logger = options.logger ?? silentLogger
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const clientConfig = buildClientConfig(options, timeouts)
  const pool = new pg.Pool({
    ...clientConfig,
    pipeline: true,
    max: options.poolMax ?? 10,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: false,
  })
  pool.on('error', (error) => logger.warn({ err: error.message }, 'an idle database connection was lost'))
  pool.on('connect', (client) => client.on('error', () => undefined))
  let closing: Promise<void> | undefined
  return {
    pool,
    db: drizzle({ client: pool }),
    clientConfig,
    timeouts,
    logger,
    close: () => (closing ??= pool.end()),
  }
}
