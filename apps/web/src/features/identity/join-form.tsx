import { workspaceOperations } from '@siar/contract'
import type { BaseSyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { askAuth } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { useAction } from '#app/query.ts'
import { chooseWorkspace } from '#app/workspace-choice.ts'
import { Field } from '#ui/field.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { NewPasswordInput } from '#ui/new-password-input.tsx'
import { Notice } from '#ui/notice.tsx'
import { ProblemNotice } from './auth-notice.tsx'
import { useEnter } from './entry.ts'
import { PublicForm } from './public-task.tsx'
import { nameField, newPasswordField } from './sign-in-form.ts'

const Join = z.object({ name: nameField, password: newPasswordField })

type Props = { invitationId: string; email: string; signedInAs: string | null }

/** The way in for a person without an account: a name, a password, and they are a member. */
export function JoinForm({ invitationId, email, signedInAs }: Props) {
  const { t } = useTranslation('identity')
  const { form, submit, error } = useJoin(invitationId, email)
  return (
    <>
      {signedInAs && <Notice tone="warn">{t('invitation.leaves', { email: signedInAs })}</Notice>}
      <ProblemNotice error={error} />
      <PublicForm onSubmit={submit} submit={t('invitation.join')} busy={form.formState.isSubmitting}>
        <Field label={t('fields.email')} hint={t('invitation.emailHint')}>
          <Input type="email" value={email} readOnly autoComplete="username" />
        </Field>
        <Field label={t('fields.name')} error={fieldError(form, 'name')}>
          <Input autoComplete="name" autoFocus maxLength={120} {...form.register('name')} />
        </Field>
        <Field label={t('fields.newPassword')} error={fieldError(form, 'password')}>
          <NewPasswordInput {...form.register('password')} value={form.watch('password')} />
        </Field>
      </PublicForm>
    </>
  )
}

function useJoin(invitationId: string, email: string) {
  const enter = useEnter()
  const form = useZodForm(Join, { name: '', password: '' })
  const accept = useAction(workspaceOperations.acceptInvitation, {
    onProblem: (problem) => void showIssues(form, problem.issues),
  })
  const submit = form.handleSubmit(async (body) => {
    const joined = await accept.mutateAsync({ params: { invitationId }, body }).catch(() => null)
    if (!joined) return
    chooseWorkspace(joined.workspaceId)
    const { password } = body
    const { problem } = await askAuth((fetchOptions) => auth.signIn.email({ email, password, fetchOptions }))
    enter(problem ? '/sign-in' : '/')
  })
  return {
    form,
    error: accept.error,
    submit: (event: BaseSyntheticEvent) => void submit(event),
  }
}
