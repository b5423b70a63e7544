import type { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { resealProxies } from '../features/egress/index.ts'
import { createSenderCredentials } from '../features/senders/index.ts'
import { createLogger } from '../logger.ts'
import { buildCore } from '../wiring/build-core.ts'

export function addReseal(program: Command): void {
  program
    .command('reseal')
    .description('put everything that is encrypted under the present SIAR_ENCRYPTION_KEY')
    .action(async () => {
      const config = loadConfig()
      const running = await buildCore(config, createLogger(config.logLevel))
      try {
        const senders = await createSenderCredentials(running.core).resealAll()
        const proxies = await resealProxies(running.core)
        const resealed = senders.resealed + proxies.resealed
        const broken = senders.broken + proxies.broken
        console.log(
          `${resealed} values were put under the present key. SIAR_ENCRYPTION_KEYS_OLD is still needed for links sent before.`,
        )
        if (broken === 0) return
        console.error(
          `${broken} values open under no configured key; enter those senders' and proxies' secrets again.`,
        )
        process.exitCode = 1
      } finally {
        await running.close()
      }
    })
}
