import type { FastifyInstance } from 'fastify'
import type { Core } from '../core.ts'
import { createAuthenticator } from '../features/identity/index.ts'
import { createApp } from '../http/app.ts'
import { buildBindings, buildPages } from './build-bindings.ts'
import type { Services } from './build-services.ts'

/**
 * The web server over every use case. It does not listen yet.
 *
 * @param dashboardFolder The built dashboard; null serves the API and its pages alone.
 */
export function buildApp(
  core: Core,
  services: Services,
  dashboardFolder: string | null = null,
): Promise<FastifyInstance> {
  return createApp({
    core,
    authenticate: createAuthenticator(core, services.auth),
    handleAuth: (request) => services.auth.handle(request),
    bindings: buildBindings(core, services),
    pages: buildPages(services),
    dashboardFolder,
  })
}
