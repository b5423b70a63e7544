import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase, migrate, removeCluster, startEmbedded } from '@siar/database'
import type { TestProject } from 'vitest/node'
import { removeLeftOver, testDirPrefix } from './left-over.ts'
import { withDatabaseName, type TestServer } from './test-server.ts'

interface StartedServer {
  url: string
  stop: () => Promise<void>
}

/** Without fsync, because the data is thrown away; only here. */
async function startTestServer(): Promise<StartedServer> {
  await removeLeftOver()
  const dataDir = await mkdtemp(join(tmpdir(), `${testDirPrefix}${process.pid}-`))
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 }
  const server = await startEmbedded({ dataDir, settings })
  const stop = async () => {
    await server.stop()
    await removeCluster(dataDir)
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}

async function makeTemplate({ url, templateName }: TestServer): Promise<void> {
  const server = createDatabase({ connectionString: url, poolMax: 1 })
  await server.pool.query(`create database ${templateName}`)
  await server.close()
  const template = createDatabase({ connectionString: withDatabaseName(url, templateName), poolMax: 1 })
  await migrate(template)
  await template.close()
}

async function dropDatabases({ url, prefix }: TestServer): Promise<void> {
  const server = createDatabase({ connectionString: url, poolMax: 1 })
  const { rows } = await server.pool.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefix],
  )
  for (const { datname } of rows) await server.pool.query(`drop database if exists ${datname} with (force)`)
  await server.close()
}

/**
 * Starts one PostgreSQL for the whole run, or takes that of `DATABASE_URL`, and makes the migrated database that each
 * test file copies. Afterwards everything it made is gone.
 */
export async function setup(project: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const external = process.env['DATABASE_URL']
  const started = external ? { url: external, stop: async () => undefined } : await startTestServer()
  const prefix = `siar_test_${randomUUID().slice(0, 8)}_`
  const server: TestServer = { url: started.url, prefix, templateName: `${prefix}template` }
  try {
    await makeTemplate(server)
  } catch (error) {
    await dropDatabases(server).catch(() => undefined)
    await started.stop()
    throw error
  }
  project.provide('siarTestServer', server)
  return async () => {
    await dropDatabases(server)
    await started.stop()
  }
}
