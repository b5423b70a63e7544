import i18next from 'i18next'
import { toast } from '#ui/toast.ts'
import { ApiProblem } from './problem.ts'

/** What happened, for people: the server's own sentence when it gave one, else ours for its kind. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiProblem)) return i18next.t('ui:error.server')
  if (error.status === 0) return i18next.t('ui:error.network')
  if (error.status === 403) return i18next.t('ui:error.forbidden')
  if (error.status === 404) return i18next.t('ui:error.notFound')
  return error.title || i18next.t('ui:error.server')
}

/** Shows an error as a toast, with the request id as its second line. */
export function toastProblem(error: unknown): void {
  const requestId = error instanceof ApiProblem ? error.requestId : null
  toast.error(problemText(error), {
    ...(requestId ? { description: i18next.t('ui:error.requestId', { id: requestId }) } : {}),
  })
}
