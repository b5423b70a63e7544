import type { Logger } from 'pino'
import { pino } from 'pino'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../apps/server/src/config.ts'
import type { Core } from '../../apps/server/src/core.ts'
import { listen } from '../../apps/server/src/http/listen.ts'
import { buildApp } from '../../apps/server/src/wiring/build-app.ts'
import { buildCore } from '../../apps/server/src/wiring/build-core.ts'
import { buildServices } from '../../apps/server/src/wiring/build-services.ts'
import { buildWorkers } from '../../apps/server/src/wiring/build-workers.ts'
import { buildChannels } from '../../apps/server/src/wiring/channels.ts'
import { settlePort } from '../../apps/server/src/wiring/free-port.ts'
import { connectSimulator } from '../../apps/server/src/wiring/simulator.ts'

/** The whole product in this process: its web server, its jobs, its lanes, as `npm start` builds them. */
export interface Siar {
  readonly core: Core
  readonly url: string
  /** Opens sessions and lets lanes send. */
  work(): Promise<void>
  stop(): Promise<void>
}

/** @param graphApiUrl What stands for Meta. */
export async function startSiar(databaseUrl: string, graphApiUrl: string): Promise<Siar> {
  const dataDir = await mkdtemp(join(tmpdir(), 'siar-bench-'))
  const given = loadConfig({
    DATABASE_URL: databaseUrl,
    SIAR_DATA_DIR: dataDir,
    SIAR_DEMO: 'off',
    PORT: '0',
    LOG_LEVEL: 'warn',
  })
  const config = await settlePort({ ...given, host: '127.0.0.1' })
  const logger: Logger = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' })
  const running = await buildCore(config, logger)
  const { core } = running
  const services = buildServices(core, { graphApiUrl })
  const channels = buildChannels(config, connectSimulator(config), { graphApiUrl })
  const workers = buildWorkers(running, services, 'all', channels)
  const app = await buildApp(core, services)
  await listen(app, config)
  return {
    core,
    url: `http://127.0.0.1:${config.port}`,
    work: () => workers.start(),
    stop: async () => {
      await workers.stop()
      await app.close()
      await services.links.close()
      services.mailer.close()
      await running.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
