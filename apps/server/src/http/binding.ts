import type { BodyOf, Operation, ParamsOf, QueryOf, ResponseInput } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import type { Readable } from 'node:stream'
import type { Actor, Language } from '../core.ts'
import type { UploadedFile } from '../storage/file-store.ts'

/** A request that passed every check: signed in, allowed, valid. */
export interface Call<T extends Operation = Operation> {
  readonly params: ParamsOf<T>
  readonly query: QueryOf<T>
  readonly body: BodyOf<T>
  /** Present on operations with `upload`. */
  readonly file: UploadedFile | null
  readonly actor: Actor
  /** The workspace of the call; reading it throws `forbidden` where an operation has none. */
  readonly workspaceId: WorkspaceId
  readonly language: Language
  readonly requestId: string
  /** For operations outside a workspace that act on the log-in itself. */
  readonly headers: Headers
  readonly ipAddress: string
  /** Ends when the person goes away. */
  readonly signal: AbortSignal
}

/** An answer that is not JSON: a file, a CSV, an event stream. */
export interface StreamReply {
  readonly stream: Readable | string
  readonly contentType: string
  /** Name for "save as"; without it the browser shows the file. */
  readonly fileName?: string
  readonly cacheSeconds?: number
}

export type Answer<T extends Operation> = T extends { produces: string } ? StreamReply : ResponseInput<T>

export interface Binding {
  readonly operation: Operation
  readonly handle: (call: Call) => Promise<unknown>
}

/** Ties a handler to an operation of the contract; the compiler checks what goes in and out. */
export function bind<const T extends Operation>(
  operation: T,
  handle: (call: Call<T>) => Promise<Answer<T>>,
): Binding {
  return { operation, handle: handle }
}
