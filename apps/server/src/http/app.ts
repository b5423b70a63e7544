import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import fastify, { LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Core } from '../core.ts'
import { registerAuthRoutes } from './auth-routes.ts'
import type { Authenticate } from './authenticator.ts'
import type { Binding } from './binding.ts'
import { registerDashboard } from './dashboard-files.ts'
import { registerDocs } from './docs.ts'
import { registerHealth } from './health.ts'
import { registerOpenApi } from './openapi.ts'
import { requireKnownOrigin } from './origin.ts'
import { answerProblem } from './problem.ts'
import { registerRateLimits } from './rate-limits.ts'
import { registerOperations } from './routes.ts'

const BODY_BYTES_MAX = 4 * 1024 * 1024

export interface AppParts {
  readonly core: Core
  readonly authenticate: Authenticate
  /** better-auth's own handler for `/api/auth/*`: sign-in, sign-out, reset, two-factor. */
  readonly handleAuth: (request: Request) => Promise<Response>
  readonly bindings: readonly Binding[]
  /** Puts pages for visitors without a log-in on the server, such as the one behind short links. */
  readonly pages: readonly ((app: FastifyInstance) => void)[]
  /** Folder of the built dashboard; null serves the API alone. */
  readonly dashboardFolder: string | null
}

/**
 * Builds the web server without listening, so tests can inject requests.
 *
 * @throws Error when an operation of the contract has no handler.
 */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { core } = parts
  const app = fastify({
    loggerInstance: core.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: core.config.trustProxy,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: 0,
    genReqId: () => core.newId('req'),
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void answerProblem(error, request, reply),
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply))
  readJsonOnly(app)
  await registerSafety(app, core)
  await registerOpenApi(app)
  await registerDocs(app)
  await registerAuthRoutes(app, core, parts.handleAuth)
  registerOperations(app, core, parts.authenticate, parts.bindings)
  registerHealth(app, core)
  for (const register of parts.pages) register(app)
  await registerDashboard(app, parts.dashboardFolder)
  return app
}

/** Bodies are JSON or an upload. An empty one is none, whatever type it claims to have. */
function readJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}

async function registerSafety(app: FastifyInstance, core: Core): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        upgradeInsecureRequests: core.config.publicUrl.startsWith('https:') ? [] : null,
      },
    },
    strictTransportSecurity: core.config.publicUrl.startsWith('https:'),
  })
  await app.register(cors, {
    origin: [...core.config.corsOrigins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    maxAge: 600,
    exposedHeaders: [
      'content-disposition',
      'x-request-id',
      'retry-after',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
    ],
  })
  await app.register(cookie)
  await registerRateLimits(app, core)
  await app.register(multipart, { limits: { files: 1, fields: 20, fileSize: Infinity } })
  await app.register(underPressure, { maxEventLoopDelay: 5000, retryAfter: 5 })
  app.addHook('onRequest', async (request) => {
    requireKnownOrigin(request, core.config)
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    request.log.debug({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })
}
