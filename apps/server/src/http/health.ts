import { AppError } from '@siar/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, register, Registry } from 'prom-client'
import type { Core } from '../core.ts'

const THIS_MACHINE: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** `/healthz`: the process lives. `/readyz`: it can reach its database. `/metrics`: figures for Prometheus. */
export function registerHealth(app: FastifyInstance, core: Core): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'siar_' })
  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async () => {
    await core.database.pool.query('select 1').catch((error: unknown) => {
      throw new AppError('unavailable', {}, { cause: error })
    })
    return { status: 'ready' }
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    requireMetricsAccess(request, core.config.metricsToken)
    return reply
      .header('content-type', registry.contentType)
      .send(await Registry.merge([registry, register]).metrics())
  })
}

function requireMetricsAccess(request: FastifyRequest, token: string | null): void {
  const allowed =
    token === null ? THIS_MACHINE.has(request.ip) : request.headers.authorization === `Bearer ${token}`
  if (!allowed) throw new AppError('not_found')
}
