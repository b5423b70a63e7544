import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { answerLimitMs } from './client.ts'
import { isUnanswered } from './errors.ts'

/** A statement sent again and again by the same name is parsed and planned once for each connection. */
export interface NamedStatement {
  readonly name: string
  readonly text: string
}

/**
 * What can be done inside an open transaction. Statements run in the order they were started; those that are started
 * together, without waiting for each other, travel together and cost one round trip.
 */
export interface Transaction {
  /** drizzle in this transaction; for a part that may fail alone use `savepoint`. */
  readonly db: Omit<NodePgDatabase, 'transaction'>
  /** Runs plain SQL (`$1`, `$2`) and answers its rows; their shape is the caller's promise. */
  query<Row extends object>(statement: string | NamedStatement, values?: readonly unknown[]): Promise<Row[]>
  /** Runs plain SQL and answers how many rows it changed. */
  execute(statement: string | NamedStatement, values?: readonly unknown[]): Promise<number>
  /** Sets limits for what follows in this transaction, in ms: those of the server, and how long an answer is awaited. */
  limitStatements(limits: StatementLimits): Promise<void>
  /** Runs a part that is undone alone when it throws; the error is thrown on. Not for parts that run at once. */
  savepoint<T>(run: () => Promise<T>): Promise<T>
}

export interface StatementLimits {
  readonly statementMs?: number
  readonly lockMs?: number
  readonly idleInTransactionMs?: number
}

const limitSettings = {
  statementMs: 'statement_timeout',
  lockMs: 'lock_timeout',
  idleInTransactionMs: 'idle_in_transaction_session_timeout',
} as const

/** SQL that sets limits for the open transaction, one statement each. */
export function limitSql(limits: StatementLimits): string[] {
  return (['statementMs', 'lockMs', 'idleInTransactionMs'] as const)
    .filter((name) => limits[name] !== undefined)
    .map((name) => `set local ${limitSettings[name]} = ${Math.trunc(limits[name] ?? 0)}`)
}

type Send = (config: string | pg.QueryConfig, values?: unknown[]) => Promise<pg.QueryResult>

/** As long as a timer of Node.js can be; a limit of 0 would be read as none given. */
const noLimitMs = 2_147_483_647

/** Nothing that is sent over it would be answered either, so what waits behind must fail at once. */
function hangUp(client: pg.PoolClient): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}

/** The inside of a client that writes statements without waiting for the answers to earlier ones. */
interface Pipelined {
  readonly pipeline?: boolean
  readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void } }
}

/** Keeps the order of the statements, so that `Promise.all` inside a scope is safe, and sends none after the end. */
class Line {
  private last: Promise<unknown> = Promise.resolve()
  private ended = false
  private readonly client: pg.PoolClient
  private readonly answerMs: number
  private limitMs: number | undefined

  constructor(client: pg.PoolClient, answerMs: number) {
    this.client = client
    this.answerMs = answerMs
  }

  readonly send: Send = (config, values) => {
    if (this.ended) return Promise.reject(new Error('The scope is over; a statement came after its end'))
    const inside = this.client as unknown as Pipelined
    if (inside.pipeline === true) {
      holdUntilNextTick(inside.connection?.stream)
      return this.ask(config, values)
    }
    const sent = this.last.then(() => this.ask(config, values))
    this.last = sent.catch(() => undefined)
    return sent
  }

  /** What follows is limited to so many ms by the server. */
  limit(statementMs: number): void {
    this.limitMs = answerLimitMs(statementMs, this.answerMs)
  }

  private ask(config: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> {
    const statement = typeof config === 'string' ? { text: config } : config
    const limited =
      this.limitMs === undefined ? statement : { ...statement, query_timeout: this.limitMs || noLimitMs }
    return this.client.query(limited, values).catch((error: unknown) => {
      if (isUnanswered(error)) hangUp(this.client)
      throw error
    })
  }

  /** Sends the closing statement after all that were started, and refuses any later one. */
  end(statement: 'commit' | 'rollback'): Promise<pg.QueryResult> {
    const sent = this.send(statement)
    this.ended = true
    return sent
  }
}

/** What is written in one turn goes to the server in one piece. */
function holdUntilNextTick(stream: { cork?(): void; uncork?(): void } | undefined): void {
  if (!stream?.cork) return
  stream.cork()
  process.nextTick(() => stream.uncork?.())
}

function toConfig(statement: string | NamedStatement): pg.QueryConfig {
  return typeof statement === 'string' ? { text: statement } : { name: statement.name, text: statement.text }
}

function buildTransaction(line: Line): Transaction {
  let depth = 0
  const run = async (statement: string | NamedStatement, values: readonly unknown[] | undefined) =>
    line.send({ ...toConfig(statement), ...(values === undefined ? {} : { values: [...values] }) })
  return {
    db: drizzle({ client: { query: line.send } as unknown as pg.PoolClient }),
    query: async <Row extends object>(statement: string | NamedStatement, values?: readonly unknown[]) =>
      (await run(statement, values)).rows as Row[],
    execute: async (statement, values) => (await run(statement, values)).rowCount ?? 0,
    limitStatements: async (limits) => {
      if (limits.statementMs !== undefined) line.limit(limits.statementMs)
      await line.send(limitSql(limits).join('; '))
    },
    savepoint: async (part) => {
      const name = `siar_${(depth += 1)}`
      await line.send(`savepoint ${name}`)
      try {
        const result = await part()
        await line.send(`release savepoint ${name}`)
        return result
      } catch (error) {
        await line.send(`rollback to savepoint ${name}`)
        throw error
      } finally {
        depth -= 1
      }
    },
  }
}

async function commit(line: Line): Promise<void> {
  const { command } = await line.end('commit')
  if (command !== 'COMMIT') {
    throw new Error(
      'The transaction was undone at its end: a statement in it failed and the error was not passed on',
    )
  }
}

/**
 * Runs one transaction on a client taken from a pool, and gives the client back; a client whose state is unknown is
 * thrown away.
 *
 * @param prelude One or more statements, the first of them `begin`, sent in one round trip.
 * @param limits `answerMs` of the database, and `statementMs` where the prelude sets a limit of its own.
 */
export async function openTransaction<T>(
  client: pg.PoolClient,
  prelude: string,
  limits: { readonly answerMs: number; readonly statementMs?: number | undefined },
  run: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const line = new Line(client, limits.answerMs)
  if (limits.statementMs !== undefined) line.limit(limits.statementMs)
  let broken = true
  try {
    await line.send(prelude)
    const result = await run(buildTransaction(line))
    await commit(line)
    broken = false
    return result
  } catch (error) {
    broken = await line.end('rollback').then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}
