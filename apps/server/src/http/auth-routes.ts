import { AppError } from '@siar/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Core } from '../core.ts'
import { toHeaders } from './headers.ts'
import { requireStorableText } from './plain-text.ts'

/** Hands `/api/auth/*` to better-auth, with the address the web server worked out. */
export async function registerAuthRoutes(
  app: FastifyInstance,
  core: Core,
  handleAuth: (request: Request) => Promise<Response>,
): Promise<void> {
  await app.register(async (auth) => {
    auth.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    auth.removeContentTypeParser('application/json')
    auth.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    auth.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      schema: { hide: true },
      handler: async (request, reply) => {
        for (const part of [request.query, readJson(request.body)]) requireStorableText(part)
        const response = await handleAuth(toRequest(request, core.config.publicUrl))
        if (response.status === 404 && response.body === null) throw new AppError('not_found')
        return sendOn(reply, response)
      },
    })
  })
}

/** What a body says, to look at it; what is no JSON is refused by the handler itself. */
function readJson(body: unknown): unknown {
  try {
    return JSON.parse(String(body))
  } catch {
    return null
  }
}

function toRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = toHeaders(request.headers)
  headers.set('x-siar-client-ip', request.ip)
  const hasBody = request.method === 'POST' && typeof request.body === 'string'
  return new Request(new URL(request.url, publicUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: request.body as string } : {}),
  })
}

async function sendOn(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  void reply.code(response.status)
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie' && name !== 'content-length') void reply.header(name, value)
  })
  const wait = response.headers.get('x-retry-after')
  if (response.status === 429 && wait !== null) void reply.header('retry-after', wait)
  for (const cookie of response.headers.getSetCookie()) void reply.header('set-cookie', cookie)
  return reply.send(Buffer.from(await response.arrayBuffer()))
}
