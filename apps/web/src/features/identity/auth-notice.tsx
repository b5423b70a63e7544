import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthProblem } from '#app/auth-problem.ts'
import { ApiProblem } from '#app/problem.ts'
import { Notice } from '#ui/notice.tsx'

/** What went wrong with signing in, in words; reads as a sentence that also says what to do. */
export function useAuthProblemText(): (problem: AuthProblem) => string {
  const { t } = useTranslation('identity')
  return ({ kind, retryAfterS }) => t(`problems.${kind}`, { count: retryAfterS })
}

/** A problem that belongs to no single field, above the form. */
export function AuthNotice({ problem, action }: { problem: AuthProblem | null; action?: ReactNode }) {
  const text = useAuthProblemText()
  if (!problem) return null
  return (
    <Notice tone="danger" action={action}>
      {text(problem)}
    </Notice>
  )
}

/** The same for a refused operation of the contract, with the request id to quote. */
export function ProblemNotice({ error }: { error: unknown }) {
  const { t } = useTranslation(['identity', 'ui'])
  if (!error) return null
  const problem = error instanceof ApiProblem ? error : null
  const text = problem?.status === 0 ? t('ui:error.network') : problem?.title || t('ui:error.server')
  return (
    <Notice tone="danger">
      <p>{text}</p>
      {problem?.requestId && (
        <p className="mt-1 font-mono text-xs break-all text-subtle">
          {t('ui:error.requestId', { id: problem.requestId })}
        </p>
      )}
    </Notice>
  )
}
