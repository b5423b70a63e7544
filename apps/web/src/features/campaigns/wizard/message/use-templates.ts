import { templateOperations } from '@siar/contract'
import type { Template } from '@siar/contract'
import { useQueries } from '@tanstack/react-query'
import { call } from '#app/api.ts'
import { operationKey } from '#app/query.ts'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'
import type { Draft } from '../draft.ts'

/** Every template a draft has chosen, for itself and for its variants, by id; those on their way are not there yet. */
export function useTemplates({ templateId, experiment }: Draft): ReadonlyMap<string, Template> {
  const workspaceId = useCurrentWorkspaceId()
  const chosen = [templateId, ...(experiment?.variants ?? []).map((variant) => variant.templateId)]
  const ids = [...new Set(chosen.filter((id) => id !== null))]
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: operationKey(templateOperations.get, workspaceId, { params: { templateId: id } }),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(templateOperations.get, { params: { templateId: id }, signal }),
      staleTime: 60_000,
    })),
  })
  return new Map(answers.flatMap(({ data }) => (data ? [[data.id, data]] : [])))
}
