import rateLimit from '@fastify/rate-limit'
import { AppError } from '@siar/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Core } from '../core.ts'

const SIGNED_IN_FACTOR = 10
const AUTH_ROUTE = '/api/auth/*'
const SIGN_IN_PATH =
  /^\/api\/auth\/(sign-in|sign-up|forget-password|request-password-reset|reset-password)|^\/api\/v1\/set-up$/

type Bucket = 'sign-in' | 'two-factor' | 'webhook' | 'link' | 'preference' | 'signed-in' | 'open' | 'none'

/**
 * Limits requests by address: strictly for tries to sign in and, apart from them, for second factors; generously for
 * webhooks, short links and preference pages; ten times the open limit for requests that carry a log-in or a key. Files of the dashboard and health checks
 * are free.
 *
 * Counts every request before anything else looks at it, those refused later and those of no route included.
 */
export async function registerRateLimits(app: FastifyInstance, core: Core): Promise<void> {
  const { perMinute, signInPerMinute, webhooksPerMinute, linksPerMinute } = core.config.rateLimits
  const max: Record<Bucket, number> = {
    'sign-in': signInPerMinute,
    'two-factor': signInPerMinute,
    webhook: webhooksPerMinute,
    link: linksPerMinute,
    preference: perMinute,
    'signed-in': perMinute * SIGNED_IN_FACTOR,
    open: perMinute,
    none: Number.MAX_SAFE_INTEGER,
  }
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    cache: 20_000,
    enableDraftSpec: true,
    max: (request) => max[bucketOf(request)],
    keyGenerator: (request) => `${bucketOf(request)} ${request.ip}`,
    allowList: (request) => bucketOf(request) === 'none',
    errorResponseBuilder: (_request, context) =>
      new AppError('rate_limited', { retryAfterSeconds: Math.ceil(context.ttl / 1000) }),
  })
  app.addHook('onRequest', app.rateLimit())
}

function bucketOf(request: FastifyRequest): Bucket {
  const { headers, method } = request
  const path = pathOf(request)
  if (method === 'POST' && SIGN_IN_PATH.test(path)) return 'sign-in'
  if (method === 'POST' && path.startsWith('/api/auth/two-factor')) return 'two-factor'
  if (path.startsWith('/hooks/')) return 'webhook'
  if (path.startsWith('/r/')) return 'link'
  if (path.startsWith('/u/')) return method === 'POST' ? 'preference' : 'link'
  if (!path.startsWith('/api/')) return 'none'
  return headers.authorization !== undefined || headers.cookie !== undefined ? 'signed-in' : 'open'
}

/** The path as the router understood it, so that an escaped letter does not lead into another bucket. */
function pathOf(request: FastifyRequest): string {
  const route = request.routeOptions.url
  if (route === AUTH_ROUTE) return `/api/auth/${(request.params as { '*': string })['*']}`
  return route ?? request.url
}
