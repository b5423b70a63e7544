export {
  createDatabase,
  defaultTimeouts,
  type ConnectionParts,
  type Database,
  type DatabaseOptions,
  type DatabaseTimeouts,
} from './client.ts'
export * from './embedded/index.ts'
export * from './errors.ts'
export { createBus, type Bus, type BusEvent, type BusOptions, type ResyncEvent } from './listen.ts'
export { silentLogger, type DatabaseLogger } from './logger.ts'
export {
  migrate,
  migrationsFolder,
  pendingMigrations,
  type MigrateOptions,
  type MigrationState,
} from './migrate.ts'
export { retryable, whenReachable, type PatienceOptions, type RetryOptions } from './retry.ts'
export {
  withSystem,
  withWorkspace,
  type AnyScope,
  type SystemScope,
  type TransactionOptions,
  type WorkspaceScope,
} from './scope.ts'
export type { NamedStatement, Transaction } from './transaction.ts'
export { tenantRoleName } from './tenant-role.ts'
export * from './tables/index.ts'
