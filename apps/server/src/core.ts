import type { EventType, Permission, Role } from '@siar/contract'
import type { Bus, BusEvent, Database, SystemScope, WorkspaceScope } from '@siar/database'
import type { Id, IdPrefix, WorkspaceId } from '@siar/domain'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { JobQueue } from './jobs/job-queue.ts'
import type { Seal } from './seal.ts'
import type { FileStore } from './storage/file-store.ts'

export type Language = 'id' | 'en'

/** Who is behind a request or a job. `role` and `permissions` belong to the workspace of the call. */
export interface Actor {
  readonly kind: 'user' | 'api_key' | 'system'
  readonly id: string
  readonly name: string
  readonly role: Role | null
  readonly permissions: readonly Permission[]
  readonly isPlatformAdmin: boolean
}

/**
 * Between processes only, never shown to a screen: a webhook told something about a sender, somebody asks the owner of its
 * session, the owner answered (`id` is then the question's).
 */
export const innerEventTypes = ['sender.webhook', 'sender.call', 'sender.answer'] as const
export type InnerEventType = (typeof innerEventTypes)[number]

export function isInner(kind: EventType | InnerEventType): kind is InnerEventType {
  return (innerEventTypes as readonly string[]).includes(kind)
}

/** What changed, for every process and every open screen; carries ids only. */
export interface SiarEvent extends BusEvent {
  readonly kind: EventType | InnerEventType
  readonly workspaceId: string
  readonly id?: string
}

export interface AuditRecord {
  readonly actor: Actor
  /** `noun.verb`, such as `campaign.start`. */
  readonly action: string
  readonly subjectId?: string
  /** From a system scope: the workspace the line belongs to; without it the line concerns the installation. */
  readonly workspaceId?: string
  /** Facts for the reader; never a phone number, a message text or a secret. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** What every service is given: the edges of the process, so that tests put their own in place. */
export interface Core {
  readonly config: Config
  readonly database: Database
  /** One transaction that sees one workspace only. */
  readonly inWorkspace: <T>(
    workspaceId: WorkspaceId,
    run: (scope: WorkspaceScope) => Promise<T>,
  ) => Promise<T>
  /** One transaction over all workspaces; for jobs, lanes and the platform admin. */
  readonly inSystem: <T>(run: (scope: SystemScope) => Promise<T>) => Promise<T>
  readonly now: () => Date
  readonly newId: <P extends IdPrefix>(prefix: P) => Id<P>
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly logger: Logger
  readonly bus: Bus<SiarEvent>
  readonly jobs: JobQueue
  readonly files: FileStore
  /** Keeps what people entered in confidence. */
  readonly seal: Seal
  /** Writes one line of the audit log inside the transaction of what it tells about. */
  readonly audit: (scope: WorkspaceScope | SystemScope, record: AuditRecord) => Promise<void>
}

/** The actor of work that nobody asked for by hand; `name` says which part. */
export function systemActor(name: string): Actor {
  return { kind: 'system', id: name, name, role: null, permissions: [], isPlatformAdmin: false }
}
