import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'

/** A statement sent again and again by the same name is parsed and planned once for each connection. */
export interface NamedStatement {
  readonly name: string
  readonly text: string
}

/** What can be done inside an open transaction. Statements run in the order they were started. */
export interface Transaction {
  /** drizzle in this transaction; for a part that may fail alone use `savepoint`. */
  readonly db: Omit<NodePgDatabase, 'transaction'>
  /** Runs plain SQL (`$1`, `$2`) and answers its rows; their shape is the caller's promise. */
  query<Row extends object>(statement: string | NamedStatement, values?: readonly unknown[]): Promise<Row[]>
  /** Runs plain SQL and answers how many rows it changed. */
  execute(statement: string | NamedStatement, values?: readonly unknown[]): Promise<number>
  /** Runs a part that is undone alone when it throws; the error is thrown on. Not for parts that run at once. */
  savepoint<T>(run: () => Promise<T>): Promise<T>
}

type Send = (config: string | pg.QueryConfig, values?: unknown[]) => Promise<pg.QueryResult>

/** Sends one statement after the other, so that `Promise.all` inside a scope is safe, and none after the end. */
class Line {
  private last: Promise<unknown> = Promise.resolve()
  private ended = false
  private readonly client: pg.PoolClient

  constructor(client: pg.PoolClient) {
    this.client = client
  }

  readonly send: Send = (config, values) => {
    if (this.ended) return Promise.reject(new Error('The scope is over; a statement came after its end'))
    const sent = this.last.then(() => this.client.query(config as pg.QueryConfig, values))
    this.last = sent.catch(() => undefined)
    return sent
  }

  /** Sends the closing statement after all that were started, and refuses any later one. */
  end(statement: 'commit' | 'rollback'): Promise<pg.QueryResult> {
    const sent = this.send(statement)
    this.ended = true
    return sent
  }
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
 */
export async function openTransaction<T>(
  client: pg.PoolClient,
  prelude: string,
  run: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const line = new Line(client)
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
