import type { Database, EmbeddedServer } from '@siar/database'
import { createBus, createDatabase, migrate, startEmbedded, withSystem, withWorkspace } from '@siar/database'
import { idRandomBytes, newId } from '@siar/domain'
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { explainConflicts } from './explain-conflicts.ts'
import type { Core, SiarEvent } from '../core.ts'
import { writeAudit } from '../features/audit/index.ts'
import { getInstallationId } from '../features/operations/index.ts'
import { createBullmqQueue } from '../jobs/bullmq-queue.ts'
import { createSeal } from '../seal.ts'
import { createDiskFileStore } from '../storage/disk-file-store.ts'

export interface RunningCore {
  readonly core: Core
  /** Null with an external database. */
  readonly embedded: EmbeddedServer | null
  /** Migrations that ran at this start. */
  readonly migrated: readonly string[]
  /** Another pool to the same database, for what must not wait behind others; its opener closes it. */
  readonly openDatabase: (poolMax: number) => Database
  /** Closes everything in the reverse order; the embedded server stops when nobody else uses it. */
  close(): Promise<void>
}

/** Opens the database (embedded unless configured), brings it up to date, and makes the edges every service is given. */
export async function buildCore(config: Config, logger: Logger): Promise<RunningCore> {
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir, logger })
  const target = embedded
    ? { connection: embedded.connection }
    : { connectionString: config.databaseUrl ?? undefined }
  const openDatabase = (poolMax: number): Database => createDatabase({ ...target, poolMax, logger })
  const database = openDatabase(config.databasePoolMax)
  const migrated = await migrate(database)
  const bus = await createBus<SiarEvent>(database)
  const installationId = await withSystem(database, (scope) => getInstallationId(scope, randomUUID()))
  const redisPrefix = `siar-${installationId}`
  const jobs = createBullmqQueue({ database, redisUrl: config.redisUrl, redisPrefix, logger })
  const now = (): Date => new Date()
  const core: Core = {
    config,
    database,
    inWorkspace: (workspaceId, run) => explainConflicts(() => withWorkspace(database, workspaceId, run)),
    inSystem: (run) => explainConflicts(() => withSystem(database, run)),
    now,
    newId: (prefix) => newId(prefix, now().getTime(), randomBytes(idRandomBytes)),
    random: Math.random,
    logger,
    bus,
    jobs,
    seal: createSeal(config.secrets.encryption, config.secrets.encryptionOld),
    files: createDiskFileStore(join(config.dataDir, 'files')),
    audit: (scope, record) => writeAudit(core, scope, record),
  }
  const close = async (): Promise<void> => {
    await jobs.close()
    await bus.close()
    await database.close()
    await embedded?.stop()
  }
  return { core, embedded, migrated, openDatabase, close }
}
