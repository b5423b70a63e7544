import { channelAccess, senderOperations } from '@siar/contract'
import type { AccessCheck, BodyInput, ChannelWithAccess } from '@siar/contract'
import { useState } from 'react'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '#app/problem.ts'
import { problemText } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { showIssues } from '#ui/form.tsx'
import { toast } from '#ui/toast.ts'
import { accessProblems, linesOf } from './access-checks.ts'

type CheckBody = BodyInput<typeof senderOperations.checkAccess>

/** Tries live what stands in a form, shows each outcome, and puts what is wrong beside its field. */
export function useAccessCheck<F extends FieldValues, C, O>(
  channel: ChannelWithAccess,
  form: UseFormReturn<F, C, O>,
) {
  const { t } = useTranslation('connect')
  const [checks, setChecks] = useState<readonly AccessCheck[] | null>(null)
  const showProblem = useAccessProblem(form)
  const action = useAction(senderOperations.checkAccess, { onProblem: showProblem })
  const secrets: readonly string[] = channelAccess[channel].secrets
  const run = async (body: CheckBody): Promise<boolean> => {
    setChecks(null)
    const answer = await action.mutateAsync({ body }).catch(() => null)
    if (answer === null) return false
    setChecks(answer.data)
    const wrong = linesOf(answer.data).filter(({ state }) => state === 'wrong')
    for (const { field, problem } of wrong) {
      const path = `${secrets.includes(field) ? 'secrets' : 'settings'}.${channel}.${field}` as FieldPath<F>
      form.setError(path, { type: 'server', message: t(`problems.${problem ?? 'malformed'}`) })
    }
    return wrong.length === 0
  }
  return { checks, run, isBusy: action.isPending }
}

/** Shows what the server refused: beside its fields in plain words, else as a passing message. */
export function useAccessProblem<F extends FieldValues, C, O>(
  form: UseFormReturn<F, C, O>,
): (problem: ApiProblem) => void {
  const { t } = useTranslation('connect')
  return (problem) => {
    const issues = problem.issues.map((issue) => {
      const code = accessProblems.find((known) => known === issue.code)
      return code ? { ...issue, message: t(`problems.${code}`) } : issue
    })
    if (!showIssues(form, issues)) toast.error(problemText(problem))
  }
}
