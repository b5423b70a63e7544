import { buildUrl } from './operation.ts'
import type { Operation, OperationInput, OperationOutput } from './operation.ts'
import { parseProblem, unreachable } from './problem.ts'
import { currentLanguage } from '#i18n/index.ts'
import { currentWorkspaceId } from './workspace-choice.ts'

export type CallOptions = {
  /** Required by every POST that sends, bills or imports: the same key and body give the same answer. */
  idempotencyKey?: string | undefined
  signal?: AbortSignal | undefined
}

/**
 * Calls one operation of the contract in the current workspace, with the session cookie.
 *
 * @returns The body as the contract promises it; `undefined` for an empty answer.
 * @throws ApiProblem for any other answer, also for none (`status` 0). An aborted call rejects with AbortError.
 */
export async function call<O extends Operation>(
  operation: O,
  input: OperationInput<O> & CallOptions,
): Promise<OperationOutput<O>> {
  const { params, query, body, idempotencyKey, signal } = input as Loose
  const headers: Record<string, string> = baseHeaders(idempotencyKey)
  if (body !== undefined) headers['content-type'] = 'application/json'
  const response = await send(buildUrl(operation.path, params, query), {
    method: operation.method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  })
  const text = await response.text()
  if (!response.ok) throw parseProblem(response.status, text, (name) => response.headers.get(name))
  return readBody(operation, text)
}

type Loose = CallOptions & { params?: unknown; query?: unknown; body?: unknown }

export function baseHeaders(idempotencyKey: string | undefined): Record<string, string> {
  const workspaceId = currentWorkspaceId()
  return {
    accept: 'application/json',
    'accept-language': currentLanguage(),
    ...(workspaceId ? { 'x-siar-workspace': workspaceId } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
  }
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable(error)
  }
}

export function readBody<O extends Operation>(operation: O, text: string): OperationOutput<O> {
  const isJson = operation.produces === undefined || operation.produces.includes('json')
  const value: unknown = text === '' ? undefined : isJson ? JSON.parse(text) : text
  if (import.meta.env?.DEV) warnOnDrift(operation, value)
  return value as OperationOutput<O>
}

/** In development a body that breaks the contract is said aloud; in production the server's own tests vouch for it. */
function warnOnDrift(operation: Operation, value: unknown): void {
  const result = operation.response?.safeParse(value)
  if (!result || result.success) return
  // eslint-disable-next-line no-console -- the browser's console is where a developer looks
  console.error(`${operation.id} breaks its contract`, result.error.issues)
}

/**
 * Fetches an answer that is a file (CSV, PDF, media) as a Blob.
 *
 * @throws ApiProblem as `call` does.
 */
export async function fetchFile<O extends Operation>(
  operation: O,
  input: OperationInput<O> & CallOptions,
): Promise<Blob> {
  const { params, query, body, signal } = input as Loose
  const response = await send(buildUrl(operation.path, params, query), {
    method: operation.method,
    headers: {
      ...baseHeaders(undefined),
      accept: operation.produces ?? '*/*',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    credentials: 'same-origin',
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  })
  if (!response.ok)
    throw parseProblem(response.status, await response.text(), (name) => response.headers.get(name))
  return response.blob()
}

/** Fetches a file and hands it to the browser as a download named `fileName`. */
export async function download<O extends Operation>(
  operation: O,
  input: OperationInput<O> & CallOptions,
  fileName: string,
): Promise<void> {
  const url = URL.createObjectURL(await fetchFile(operation, input))
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
