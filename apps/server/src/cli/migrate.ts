import type { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { createLogger } from '../logger.ts'
import { buildCore } from '../wiring/build-core.ts'

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the state this version needs; every start does it too')
    .action(async () => {
      const config = loadConfig()
      const running = await buildCore(config, createLogger(config.logLevel))
      console.log(
        running.migrated.length === 0
          ? 'The database is up to date.'
          : `Migrated: ${running.migrated.join(', ')}`,
      )
      await running.close()
    })
}
