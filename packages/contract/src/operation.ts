import type { z } from 'zod'
import type { Permission } from './permission.ts'

/** Who may call an operation: a permission of the workspace, or one of the levels outside a workspace. */
export type Access = Permission | 'public' | 'signed_in' | 'platform_admin'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** One operation of the API: the server binds it, the dashboard calls it, OpenAPI and the guards are made from it. */
export interface Operation {
  /** `feature.verb`, unique; the `operationId` of OpenAPI. */
  readonly id: string
  readonly method: Method
  /** Path with `:name` parameters, from `/api/v1`. */
  readonly path: `/api/v1/${string}`
  readonly summary: string
  readonly access: Access
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  /** JSON body; for `upload: true` the text fields of the form. */
  readonly body?: z.ZodType
  /** The body carries one file in the form field `file`. */
  readonly upload?: true
  readonly response: z.ZodType
  /** Status of a good answer; default 200, 204 with an empty body. */
  readonly status?: 200 | 201 | 202 | 204
  /** Media type of an answer that is not JSON (CSV, files, event streams). */
  readonly produces?: string
  /** Sends, bills or imports: `Idempotency-Key` is honoured. */
  readonly idempotent?: true
}

/** Keeps the literal types of an operation, so that callers infer their input and output. */
export function defineOperation<const T extends Operation>(operation: T): T {
  return operation
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined
type Input<T> = T extends z.ZodType ? z.input<T> : undefined

export type ParamsOf<T extends Operation> = Output<T['params']>
export type QueryOf<T extends Operation> = Output<T['query']>
export type BodyOf<T extends Operation> = Output<T['body']>
export type ResponseOf<T extends Operation> = Output<T['response']>
export type ParamsInput<T extends Operation> = Input<T['params']>
export type QueryInput<T extends Operation> = Input<T['query']>
export type BodyInput<T extends Operation> = Input<T['body']>
/** What a handler gives back, before defaults are filled in. */
export type ResponseInput<T extends Operation> = Input<T['response']>
