import { randomUUID } from 'node:crypto'
import { createDatabase, type Database, type DatabaseOptions } from '@siar/database'
import { afterAll, inject } from 'vitest'
import { withDatabaseName, type TestServer } from './test-server.ts'

/** A database of its own, with its address for child processes and second pools. */
export interface TestDatabase extends Database {
  readonly name: string
  readonly url: string
}

export interface TestDatabaseOptions extends Omit<DatabaseOptions, 'connection' | 'connectionString'> {
  /** True: without any table, for tests of migrations themselves. */
  empty?: boolean
}

async function onServer(server: TestServer, statement: string): Promise<void> {
  const admin = createDatabase({ connectionString: server.url, poolMax: 1 })
  try {
    await admin.pool.query(statement)
  } finally {
    await admin.close()
  }
}

/**
 * Makes a database for this test file, migrated and without rows of people, and drops it when the file is done.
 *
 * Call it at the top of the file or in `beforeAll`: `const database = await testDatabase()`. Files that run at the same
 * time never see each other's. The pool is closed for you.
 */
export async function testDatabase({
  empty = false,
  ...options
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('siarTestServer')
  const name = `${server.prefix}${randomUUID().replaceAll('-', '').slice(0, 12)}`
  await onServer(server, `create database ${name} template ${empty ? 'template0' : server.templateName}`)
  const url = withDatabaseName(server.url, name)
  const database = createDatabase({
    poolMax: 8,
    applicationName: 'siar test',
    ...options,
    connectionString: url,
  })
  afterAll(async () => {
    await database.close()
    await onServer(server, `drop database if exists ${name} with (force)`)
  })
  return { ...database, name, url }
}
