import type { FastifyInstance } from 'fastify'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Core } from '../core.ts'
import { createSetUpLink } from '../features/admin/index.ts'
import { claimFirstDemo } from '../features/operations/index.ts'
import { listen } from '../http/listen.ts'
import { buildApp } from './build-app.ts'
import { buildCore } from './build-core.ts'
import type { RunningCore } from './build-core.ts'
import { buildServices } from './build-services.ts'
import type { Services } from './build-services.ts'
import { buildWorkers } from './build-workers.ts'
import { buildChannels } from './channels.ts'
import type { Workers } from './build-workers.ts'
import { connectSimulator } from './simulator.ts'
import { findStandIns } from './stand-ins.ts'
import type { StandIns } from './stand-ins.ts'
import { settlePort } from './free-port.ts'

/** `start` does everything; `api` and `worker` share one database, on one machine or many. */
export type Role = 'start' | 'api' | 'worker'

/** One running process of Siar. */
export interface Server {
  readonly core: Core
  readonly services: Services
  /** Where the dashboard answers; null for a worker. */
  readonly url: string | null
  /** The link that makes the first admin; null once there is one. */
  setUpLink(): Promise<string | null>
  /** Stops taking requests, finishes what is in flight, closes everything. Idempotent. */
  stop(): Promise<void>
}

const dashboardFolder = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Builds and starts a process of Siar. When this resolves it answers requests and its lanes run. */
export async function startServer(given: Config, logger: Logger, role: Role): Promise<Server> {
  const config = await settlePort(given)
  const running = await buildCore(config, logger)
  const closers: (() => Promise<unknown>)[] = [() => running.close()]
  const stop = once(async () => {
    for (const close of closers.reverse())
      await close().catch((error: unknown) => logger.error({ err: error }, 'stopping'))
  })
  try {
    const { core } = running
    const standIns = await findStandIns(core.config)
    const services = buildServices(core, standIns)
    closers.push(async () => services.mailer.close())
    closers.push(() => services.links.close())
    if (role !== 'worker') await seedFirstDemo(running, services)
    const workers = role === 'api' ? null : await startWorkers(running, services, role, standIns)
    if (workers) closers.push(() => workers.stop())
    const app = role === 'worker' ? null : await serve(core, services)
    if (app) closers.push(() => app.close())
    return {
      core,
      services,
      url: app ? config.publicUrl : null,
      setUpLink: async () => (await createSetUpLink(core))?.url ?? null,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startWorkers(
  running: RunningCore,
  services: Services,
  role: Role,
  standIns: StandIns,
): Promise<Workers> {
  const { config } = running.core
  const channels = buildChannels(config, connectSimulator(config), standIns)
  const workers = buildWorkers(running, services, role, channels)
  await workers.start()
  return workers
}

async function serve(core: Core, services: Services): Promise<FastifyInstance> {
  const app = await buildApp(core, services, existsSync(dashboardFolder) ? dashboardFolder : null)
  await listen(app, core.config)
  return app
}

/** The embedded database starts with a shop to look at; an external one stays empty. */
async function seedFirstDemo({ core, embedded }: RunningCore, services: Services): Promise<void> {
  if (!embedded || !core.config.demo) return
  if (!(await core.inSystem(claimFirstDemo))) return
  await services.seedDemo(await services.profile.findFirstAdminId())
}

function once(run: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= run())
}
