import { AppError } from '@siar/domain'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change that a page of another origin sends with a person's cookie. Browsers set `Origin` on every such
 * request; programs that send none carry no cookie of a victim.
 */
export function requireKnownOrigin(request: FastifyRequest, config: Config): void {
  const { origin, cookie, host } = request.headers
  if (SAFE_METHODS.has(request.method) || origin === undefined || cookie === undefined) return
  const own = [config.publicUrl, ...config.corsOrigins, `http://${host}`, `https://${host}`]
  if (!own.includes(origin)) throw new AppError('forbidden', { reason: 'unknown origin' })
}
