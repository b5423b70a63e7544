import { QueryClient, keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryKey, UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { call } from './api.ts'
import type { CallOptions } from './api.ts'
import type { Operation, OperationInput, OperationOutput } from './operation.ts'
import { ApiProblem } from './problem.ts'
import { toastProblem } from './problem-toast.ts'
import { useCurrentWorkspaceId } from './workspace-choice.ts'

/** A read is tried twice more when the server gave no verdict; a 4xx is a verdict. */
function worthRetrying(failures: number, error: Error): boolean {
  const verdict = error instanceof ApiProblem && error.status >= 400 && error.status < 500
  return !verdict && failures < 2
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 15_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  })
}

/** `[operation id, workspace, params, query]`: invalidate by prefix, for example `['contacts.list']`. */
export function operationKey(operation: Operation, workspaceId: string | null, input: unknown): QueryKey {
  const { params, query } = (input ?? {}) as { params?: unknown; query?: unknown }
  return [operation.id, workspaceId, params ?? null, query ?? null]
}

export type ReadOptions<O extends Operation> = {
  enabled?: boolean
  /** Ask again every so many ms, or decide from the last answer (`false` stops). */
  refetchMs?: number | ((data: OperationOutput<O> | undefined) => number | false)
  staleMs?: number
  /** Show the previous page while the next one loads. */
  keepPrevious?: boolean
}

/** Reads one operation and keeps it fresh; errors stay in `.error` for an ErrorState. */
export function useOperation<O extends Operation>(
  operation: O,
  input: OperationInput<O>,
  options: ReadOptions<O> = {},
): UseQueryResult<OperationOutput<O>, Error> {
  const workspaceId = useCurrentWorkspaceId()
  return useQuery<OperationOutput<O>, Error>({
    queryKey: operationKey(operation, workspaceId, input),
    queryFn: async ({ signal }) => (await call(operation, { ...input, signal })) ?? nothing<O>(),
    ...readOptions(options),
  })
}

function readOptions<O extends Operation>({ refetchMs, staleMs, keepPrevious, enabled }: ReadOptions<O>) {
  const interval = (query: { state: { data: unknown } }) =>
    typeof refetchMs === 'function'
      ? refetchMs(query.state.data as OperationOutput<O> | undefined)
      : (refetchMs ?? false)
  return {
    ...(enabled === undefined ? {} : { enabled }),
    ...(staleMs === undefined ? {} : { staleTime: staleMs }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(refetchMs === undefined ? {} : { refetchInterval: interval }),
  }
}

export type ActionOptions<O extends Operation> = {
  /** Ids of operations (or prefixes such as `contacts.`) whose answers are out of date afterwards. */
  invalidates?: string[]
  onSuccess?: (data: OperationOutput<O>, input: OperationInput<O> & CallOptions) => void
  /** When given, no toast is shown for an error; the caller shows it. */
  onProblem?: (problem: ApiProblem) => void
}

/** A change: `action.mutate({ params, body })`. Errors become a toast with the request id unless `onProblem` takes them. */
export function useAction<O extends Operation>(
  operation: O,
  options: ActionOptions<O> = {},
): UseMutationResult<OperationOutput<O>, Error, OperationInput<O> & CallOptions> {
  const client = useQueryClient()
  return useMutation<OperationOutput<O>, Error, OperationInput<O> & CallOptions>({
    mutationFn: (input) => call(operation, input),
    onSuccess: async (data, input) => {
      options.onSuccess?.(data, input)
      await invalidateOperations(client, options.invalidates ?? [])
    },
    onError: (error) => {
      if (error instanceof ApiProblem && options.onProblem) return options.onProblem(error)
      toastProblem(error)
    },
  })
}

/** Marks answers of these operation ids or id prefixes as out of date; visible ones are read again. */
export function invalidateOperations(client: QueryClient, prefixes: string[]): Promise<void> {
  if (prefixes.length === 0) return Promise.resolve()
  return client.invalidateQueries({
    predicate: ({ queryKey: [id] }) =>
      typeof id === 'string' && prefixes.some((prefix) => id === prefix || id.startsWith(prefix)),
  })
}

/** A query may not answer `undefined`; an empty body is read as null. */
function nothing<O extends Operation>(): OperationOutput<O> {
  return null as OperationOutput<O>
}
