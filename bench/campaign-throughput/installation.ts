import {
  createBus,
  createDatabase,
  migrate,
  removeCluster,
  startEmbedded,
  withSystem,
  withWorkspace,
} from '@siar/database'
import type { Database, EmbeddedServer } from '@siar/database'
import { idRandomBytes, newId } from '@siar/domain'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { loadConfig } from '../../apps/server/src/config.ts'
import type { Core, SiarEvent } from '../../apps/server/src/core.ts'
import { createSeal } from '../../apps/server/src/seal.ts'
import { createDiskFileStore } from '../../apps/server/src/storage/disk-file-store.ts'
import { createMemoryJobQueue } from '../../apps/server/src/testing/memory-job-queue.ts'

export interface Installation {
  readonly core: Core
  readonly url: string
  /** For the beats of the leases: a connection that lanes cannot use up. */
  readonly beatInSystem: Core['inSystem']
  close(): Promise<void>
}

export interface Server {
  readonly embedded: EmbeddedServer
  /** A migrated database of its own for one part of the benchmark. */
  install(): Promise<Installation>
  close(): Promise<void>
}

/** The embedded PostgreSQL with fsync on and its usual settings, in a folder that is thrown away. */
export async function startServer(settings: Readonly<Record<string, string | number>> = {}): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'siar-bench-'))
  const embedded = await startEmbedded({ dataDir, settings })
  let databases = 0
  return {
    embedded,
    install: () => install(embedded, dataDir, `bench_${(databases += 1)}`),
    close: async () => {
      await embedded.stop()
      await removeCluster(dataDir)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function install(embedded: EmbeddedServer, dataDir: string, name: string): Promise<Installation> {
  const admin = createDatabase({ connection: embedded.connection, poolMax: 1 })
  await admin.pool.query(`create database ${name}`)
  await admin.close()
  const connection = { ...embedded.connection, database: name }
  const timeouts = { statementMs: 0, lockMs: 0, idleInTransactionMs: 0 }
  const database = createDatabase({ connection, poolMax: 10, timeouts })
  const beats = createDatabase({ connection, poolMax: 1 })
  await migrate(database)
  const bus = await createBus<SiarEvent>(database)
  const logger = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' })
  const core: Core = {
    config: loadConfig({ LOG_LEVEL: 'silent', SIAR_DATA_DIR: dataDir, SIAR_DEMO: 'off' }),
    database,
    inWorkspace: (workspaceId, run) => withWorkspace(database, workspaceId, run),
    inSystem: (run) => withSystem(database, run),
    now: () => new Date(),
    newId: (prefix) => newId(prefix, Date.now(), randomBytes(idRandomBytes)),
    random: Math.random,
    logger,
    bus,
    jobs: createMemoryJobQueue(),
    seal: createSeal('b'.repeat(64)),
    files: createDiskFileStore(join(dataDir, 'files')),
    audit: async () => undefined,
  }
  const url = new URL(embedded.url)
  url.pathname = `/${name}`
  return {
    core,
    url: url.toString(),
    beatInSystem: (run) => withSystem(beats, run),
    close: async () => {
      await bus.close()
      await beats.close()
      await database.close()
      const after = createDatabase({ connection: embedded.connection, poolMax: 1 })
      await dropWhenUnused(after, name)
      await after.close()
    },
  }
}

const dropTries = 20

/** An autovacuum that is at work in it ends within seconds; one that goes on would disturb the next part. */
async function dropWhenUnused(admin: Database, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await admin.pool.query(`drop database if exists ${name}`)
      return
    } catch (error) {
      if (tries === dropTries) throw error
      await wait(500)
    }
  }
}
