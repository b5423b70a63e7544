import type { UserId } from '@siar/domain'
import type { Command } from 'commander'
import { loadConfig } from '../config.ts'
import type { Core } from '../core.ts'
import { findUserByEmail } from '../features/identity/index.ts'
import { createLogger } from '../logger.ts'
import { buildCore } from '../wiring/build-core.ts'
import { buildServices } from '../wiring/build-services.ts'
import { UsageError } from './usage-error.ts'

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('make another demo workspace: a shop with 2,000 contacts on the simulator')
    .option('--owner <email>', 'the user who owns it; without it the first admin')
    .action(async ({ owner }: { owner?: string }) => {
      const config = loadConfig()
      const running = await buildCore(config, createLogger(config.logLevel))
      try {
        const services = buildServices(running.core)
        const userId =
          owner === undefined
            ? await services.profile.findFirstAdminId()
            : await findOwner(running.core, owner)
        const workspaceId = await services.seedDemo(userId)
        console.log(`Made the demo workspace ${workspaceId}.`)
      } finally {
        await running.close()
      }
    })
}

async function findOwner(core: Core, email: string): Promise<UserId> {
  const user = await core.inSystem((scope) => findUserByEmail(scope, email))
  if (!user) throw new UsageError('there is no user with this e-mail address')
  return user.id as UserId
}
