import type { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { createSetUpLink } from '../features/admin/index.ts'
import { createLogger } from '../logger.ts'
import { buildCore } from '../wiring/build-core.ts'

export function addAdmin(program: Command): void {
  program
    .command('admin')
    .description('the first admin of the installation')
    .command('link')
    .description('make a new one-time set-up link (24 hours); older links stop working')
    .action(async () => {
      const config = loadConfig()
      const running = await buildCore(config, createLogger(config.logLevel))
      try {
        const link = await createSetUpLink(running.core)
        console.log(link ? link.url : 'There is an admin already; reset a lost password on the sign-in page.')
      } finally {
        await running.close()
      }
    })
}
