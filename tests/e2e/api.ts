import { randomUUID } from 'node:crypto'
import type { Operation, ParamsInput, BodyInput, QueryInput, ResponseOf } from '@siar/contract'
import type { APIRequestContext, APIResponse } from 'playwright-core'

type Given<T> = T extends undefined ? unknown : T
type Optional<T> = Partial<{ params: Given<ParamsInput<T & Operation>> }> &
  Partial<{ query: Given<QueryInput<T & Operation>> }> &
  Partial<{ body: Given<BodyInput<T & Operation>> }>

/** The REST API as one signed-in person sees it, in one workspace. */
export interface Api {
  /** @returns the answer, parsed by the contract. @throws Error with the problem's text for any refusal. */
  call<O extends Operation>(operation: O, input?: Optional<O>): Promise<ResponseOf<O>>
  /** The bare answer, for asking how something is refused. */
  ask<O extends Operation>(operation: O, input?: Optional<O>): Promise<APIResponse>
}

/**
 * @param request Carries the session cookie.
 * @param workspaceId Null before a workspace is chosen.
 */
export function createApi(request: APIRequestContext, url: string, workspaceId: string | null): Api {
  const ask: Api['ask'] = (operation, input = {}) =>
    request.fetch(url + addressOf(operation, input), {
      method: operation.method,
      headers: {
        ...(workspaceId ? { 'x-siar-workspace': workspaceId } : {}),
        'idempotency-key': randomUUID(),
        'accept-language': 'en',
      },
      ...(input.body === undefined ? {} : { data: input.body }),
    })
  return {
    ask,
    call: async (operation, input) => {
      const answer = await ask(operation, input)
      const text = await answer.text()
      if (!answer.ok()) throw new Error(`${operation.id} answered ${answer.status()}: ${text}`)
      return operation.response.parse(text === '' ? undefined : JSON.parse(text)) as never
    },
  }
}

function addressOf(operation: Operation, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, string>
  const path = operation.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  const query = new URLSearchParams(input.query as Record<string, string> | undefined)
  return query.size > 0 ? `${path}?${query.toString()}` : path
}
