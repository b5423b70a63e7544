import type { WorkspaceId } from '@siar/domain'
import { systemActor } from '../../apps/server/src/core.ts'
import type { Core } from '../../apps/server/src/core.ts'
import { buildApp } from '../../apps/server/src/wiring/build-app.ts'
import { buildServices } from '../../apps/server/src/wiring/build-services.ts'

export interface ServedApi {
  readonly url: string
  /** A key of the workspace that may read everything. */
  readonly key: string
  close(): Promise<void>
}

const muchPerMinute = 10_000_000

/** The product's own server on a free port of this machine, its rate limits out of the way. */
export async function serveApi(given: Core, workspaceId: WorkspaceId): Promise<ServedApi> {
  const rateLimits = {
    perMinute: muchPerMinute,
    signInPerMinute: muchPerMinute,
    webhooksPerMinute: muchPerMinute,
    linksPerMinute: muchPerMinute,
  }
  const core: Core = { ...given, config: { ...given.config, rateLimits } }
  const services = buildServices(core)
  const app = await buildApp(core, services)
  const { secret } = await services.apiKeys.create(workspaceId, systemActor('bench'), {
    name: 'Bench',
    scopes: ['workspace.read'],
    expiresInDays: 1,
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    key: secret,
    close: async () => {
      await app.close()
      await services.links.close()
      services.mailer.close()
    },
  }
}
