import { OPERATIONS } from '@siar/contract'
import { AppError } from '@siar/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerProblem } from './problem.ts'

const ROUTES = OPERATIONS.map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
}))

/** Answers what is no route: 405 with the methods there are when the path is one of the API, else 404. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? ''
  const methods = ROUTES.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  if (methods.length === 0) return answerProblem(new AppError('not_found'), request, reply)
  void reply.header('allow', methods.join(', '))
  return answerProblem(new AppError('method_not_allowed'), request, reply)
}
