import type { Operation } from '@siar/contract'
import { Problem } from '@siar/contract'
import type { FastifySchema } from 'fastify'
import { z } from 'zod'

const errors = { '4xx': Problem, '5xx': Problem } as const

/** What the web server checks and what OpenAPI shows for one operation. */
export function routeSchema(operation: Operation): FastifySchema {
  return {
    operationId: operation.id,
    summary: operation.summary,
    description: describeAccess(operation),
    tags: [operation.id.split('.')[0] ?? 'api'],
    security: operation.access === 'public' ? [] : [{ session: [] }, { apiKey: [] }],
    ...(operation.params ? { params: operation.params } : {}),
    ...(operation.query ? { querystring: operation.query } : {}),
    ...(operation.body ? { body: operation.body } : {}),
    ...(operation.upload ? { consumes: ['multipart/form-data'] } : {}),
    ...(operation.produces ? { produces: [operation.produces] } : {}),
    response: { [operation.status ?? 200]: responseOf(operation), ...errors },
  }
}

function responseOf(operation: Operation): z.ZodType {
  if (operation.status === 204) return z.null().describe('nothing')
  if (operation.produces) return z.any().describe(operation.produces)
  return operation.response
}

function describeAccess(operation: Operation): string {
  const who =
    operation.access === 'public'
      ? 'Open to everybody.'
      : operation.access === 'signed_in'
        ? 'For any signed-in user.'
        : operation.access === 'platform_admin'
          ? 'For the platform admin.'
          : `Needs the permission \`${operation.access}\`.`
  const upload = operation.upload ? ' One file in the form field `file`.' : ''
  const once = operation.idempotent ? ' Honours `Idempotency-Key`.' : ''
  return who + upload + once
}
