import { templateOperations } from '@siar/contract'
import type { Template } from '@siar/contract'
import { useOperation } from '#app/query.ts'

/** The template a draft has chosen; null while none is chosen or it is still on its way. */
export function useTemplate(templateId: string | null): Template | null {
  const template = useOperation(
    templateOperations.get,
    { params: { templateId: templateId ?? '' } },
    { enabled: templateId !== null, staleMs: 60_000 },
  )
  return templateId === null ? null : (template.data ?? null)
}
