import type { Role } from '@siar/contract'
import { permissionsOf } from '@siar/contract'
import type { Database } from '@siar/database'
import { workspace, withSystem, withWorkspace } from '@siar/database'
import type { UserId, WorkspaceId } from '@siar/domain'
import { idRandomBytes, newId } from '@siar/domain'
import { createFakeClock } from '@siar/test-kit'
import type { FakeClock } from '@siar/test-kit'
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { loadConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { explainConflicts } from '../wiring/explain-conflicts.ts'
import type { Actor, AuditRecord, Core, SiarEvent } from '../core.ts'
import { createSeal } from '../seal.ts'
import { createDiskFileStore } from '../storage/disk-file-store.ts'
import { createMemoryJobQueue } from './memory-job-queue.ts'
import type { MemoryJobQueue } from './memory-job-queue.ts'

/** A `Core` whose clock, jobs, events and files belong to the test; the database is real. */
export interface TestCore extends Core {
  readonly clock: FakeClock
  readonly jobs: MemoryJobQueue
  /** Every event published so far, in order. */
  readonly events: SiarEvent[]
  /** Every audit record written so far, in order. */
  readonly audits: AuditRecord[]
}

export interface TestCoreOptions {
  readonly startAt?: Date
  readonly config?: Partial<Config>
  /** Replaces single edges, such as the real audit writer or the real bus. */
  readonly edges?: Partial<Omit<Core, 'jobs'>>
}

export function createTestCore(database: Database, options: TestCoreOptions = {}): TestCore {
  const folder = mkdtempSync(join(tmpdir(), 'siar-test-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const clock = createFakeClock(options.startAt ?? new Date('2026-11-20T03:00:00Z'))
  const events: SiarEvent[] = []
  const audits: AuditRecord[] = []
  const handlers = new Set<(event: SiarEvent) => void>()
  const publish = async (event: SiarEvent): Promise<void> => {
    events.push(event)
    for (const handler of handlers) handler(event)
  }
  return {
    config: loadConfig({ LOG_LEVEL: 'silent', SIAR_DATA_DIR: folder, SIAR_DEMO: 'off' }, options.config),
    database,
    inWorkspace: (workspaceId, run) => explainConflicts(() => withWorkspace(database, workspaceId, run)),
    inSystem: (run) => explainConflicts(() => withSystem(database, run)),
    clock,
    now: () => clock.now(),
    newId: (prefix) => newId(prefix, clock.now().getTime(), randomBytes(idRandomBytes)),
    random: Math.random,
    logger: pino({ level: 'silent' }),
    events,
    audits,
    bus: {
      publish,
      publishAll: async (events) => {
        for (const event of events) await publish(event)
      },
      publishIn: (_scope, event) => publish(event),
      subscribe: (handler) => {
        handlers.add(handler)
        return () => handlers.delete(handler)
      },
      close: async () => undefined,
    },
    jobs: createMemoryJobQueue(),
    seal: createSeal('a'.repeat(64)),
    files: createDiskFileStore(join(folder, 'files')),
    audit: async (_scope, record) => {
      audits.push(record)
    },
    ...options.edges,
  }
}

/** Makes a workspace row and answers its id. */
export async function buildWorkspace(
  core: Core,
  overrides: Partial<typeof workspace.$inferInsert> = {},
): Promise<WorkspaceId> {
  const id = core.newId('ws')
  await core.database.db.insert(workspace).values({ id, name: 'Toko Uji', slug: id, ...overrides })
  return id
}

/** An actor with a role, as the HTTP layer would make it; no rows are written. */
export function buildActor(core: Core, role: Role = 'owner'): Actor {
  const id: UserId = core.newId('usr')
  return { kind: 'user', id, name: 'Uji', role, permissions: permissionsOf(role), isPlatformAdmin: false }
}
