import type { Problem } from '@siar/contract'
import type { ErrorCode, FieldProblem } from '@siar/domain'
import { AppError, errorTable, isAppError } from '@siar/domain'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Language } from '../core.ts'
import { languageOf } from './language.ts'

/** Codes for errors that the web framework raises itself. */
const FRAMEWORK_CODES: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
}

/** Turns anything thrown into the error that people are told. A bug becomes `internal`, its text stays in the log. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map((issue): FieldProblem => ({
      path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: issue.message ?? 'is not valid',
    }))
    return new AppError('validation_failed', { problems }, { cause: error })
  }
  const status = (error as FastifyError).statusCode ?? 500
  const code = FRAMEWORK_CODES[status] ?? (status >= 400 && status < 500 ? 'bad_request' : undefined)
  if (code) return new AppError(code, { reason: (error as Error).message }, { cause: error })
  return new AppError('internal', {}, { cause: error })
}

export function presentProblem(error: AppError, language: Language, requestId: string): Problem {
  const entry = errorTable[error.code]
  const { problems, reason, ...details } = error.details
  return {
    type: `/docs/errors#${error.code}`,
    title: entry[language],
    status: entry.status,
    code: error.code,
    requestId,
    ...(typeof reason === 'string' ? { detail: reason } : {}),
    ...(problems ? { issues: problems.map(presentIssue) } : {}),
    ...(Object.keys(details).length > 0 ? { details } : {}),
  }
}

const presentIssue = ({ path, message, code }: FieldProblem): FieldProblem => ({
  path,
  message,
  ...(code === undefined ? {} : { code }),
})

/** The one place that answers with an error and logs it: once, with ids, never with what a person sent. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const appError = toAppError(error)
  const { status, level } = errorTable[appError.code]
  request.log[level]({ err: appError.cause ?? appError, code: appError.code }, 'request refused')
  const retryAfterSeconds = appError.details.retryAfterSeconds
  if (typeof retryAfterSeconds === 'number') void reply.header('retry-after', retryAfterSeconds)
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(presentProblem(appError, languageOf(request), request.id))
}
