import type { Operation } from '@siar/contract'
import { OPERATIONS } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { AppError, isId } from '@siar/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Core } from '../core.ts'
import { actorOf, requireAccess } from './access.ts'
import type { Authenticate, Identity } from './authenticator.ts'
import type { Binding, Call, StreamReply } from './binding.ts'
import { runOnce } from './idempotency.ts'
import { languageOf } from './language.ts'
import { toHeaders } from './headers.ts'
import { createOpenStreams, watchClient } from './open-streams.ts'
import { requireStorableText } from './plain-text.ts'
import { routeSchema } from './route-schema.ts'
import { openUpload, useUpload } from './upload.ts'

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

declare module 'fastify' {
  interface FastifyRequest {
    identity: Identity | null
  }
}

/**
 * Puts every operation of the contract on the web server.
 *
 * @throws Error when an operation has no handler, or two; the server must not start half-bound.
 */
export function registerOperations(
  app: FastifyInstance,
  core: Core,
  authenticate: Authenticate,
  bindings: readonly Binding[],
): void {
  app.decorateRequest('identity', null)
  const streams = createOpenStreams(app)
  for (const { operation, handle } of requireAll(bindings)) {
    app.route({
      method: operation.method,
      url: operation.path,
      schema: routeSchema(operation),
      onRequest: async (request) => {
        request.identity = await identify(operation, request, authenticate)
      },
      preValidation: async ({ params, query, body }) => {
        for (const part of [params, query, body]) requireStorableText(part)
      },
      handler: async (request, reply) => {
        const signal =
          operation.produces === 'text/event-stream'
            ? streams.watch(reply, () => identify(operation, request, authenticate))
            : watchClient(reply)
        const call = await makeCall(operation, request, signal)
        const perform = () => performOnce(core, operation, request, call, handle)
        return answer(operation, reply, await useUpload(call.file, perform))
      },
    })
  }
}

function requireAll(bindings: readonly Binding[]): readonly Binding[] {
  const byId = new Map(bindings.map((binding) => [binding.operation.id, binding]))
  const missing = OPERATIONS.filter((operation) => !byId.has(operation.id)).map((operation) => operation.id)
  if (missing.length > 0) throw new Error(`operations without a handler: ${missing.join(', ')}`)
  if (byId.size !== bindings.length) throw new Error('an operation has two handlers')
  return bindings
}

async function identify(
  operation: Operation,
  request: FastifyRequest,
  authenticate: Authenticate,
): Promise<Identity | null> {
  const query = request.query as { workspace?: string } | undefined
  const wanted = request.headers['x-siar-workspace'] ?? query?.workspace ?? null
  const inWorkspace = !['public', 'signed_in', 'platform_admin'].includes(operation.access)
  const headers = toHeaders(request.headers)
  const identity = await authenticate(headers, request.ip, inWorkspace ? readWorkspaceId(wanted) : null)
  requireAccess(operation.access, operation.method, identity)
  return identity
}

/** @throws AppError `not_found` for what is no id of a workspace: it answers like one that is missing. */
function readWorkspaceId(wanted: unknown): WorkspaceId | null {
  if (wanted === null) return null
  if (!isId('ws', wanted)) throw new AppError('not_found')
  return wanted
}

async function makeCall(operation: Operation, request: FastifyRequest, signal: AbortSignal): Promise<Call> {
  const { identity } = request
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    file: operation.upload ? await openUpload(request) : null,
    actor: actorOf(identity),
    get workspaceId(): WorkspaceId {
      if (!identity?.workspaceId) throw new AppError('forbidden')
      return identity.workspaceId
    },
    language: request.headers['accept-language'] ? languageOf(request) : (identity?.language ?? 'id'),
    requestId: request.id,
    headers: toHeaders(request.headers),
    ipAddress: request.ip,
    signal,
  }
}

async function performOnce(
  core: Core,
  operation: Operation,
  request: FastifyRequest,
  call: Call,
  handle: Binding['handle'],
): Promise<unknown> {
  const key = request.headers['idempotency-key']
  if (!operation.idempotent || key === undefined) return handle(call)
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) {
    const problems = [{ path: 'Idempotency-Key', message: 'must be 1–200 printable characters' }]
    throw new AppError('validation_failed', { problems })
  }
  const body = operation.upload
    ? { fileName: call.file?.fileName, sizeBytes: request.headers['content-length'] }
    : { params: request.params, body: request.body }
  return runOnce(core, { workspaceId: call.workspaceId, operation, key, body }, () => handle(call))
}

function answer(operation: Operation, reply: FastifyReply, result: unknown): unknown {
  if (operation.produces === undefined) {
    void reply.code(operation.status ?? 200).header('cache-control', 'no-store')
    return operation.status === 204 ? reply.send() : result
  }
  const { stream, contentType, fileName, cacheSeconds } = result as StreamReply
  void reply.header('content-type', contentType)
  if (contentType === 'text/event-stream') void reply.header('x-accel-buffering', 'no')
  void reply.header('cache-control', cacheSeconds ? `private, max-age=${cacheSeconds}` : 'no-store')
  if (fileName !== undefined) {
    void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
  }
  return reply.send(stream)
}
