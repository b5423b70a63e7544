import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { BaseSyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { askAuth } from '#app/auth-problem.ts'
import type { AuthProblem } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { shellOperations } from '#app/shell-operations.ts'
import { currentLanguage } from '#i18n/index.ts'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { NewPasswordInput } from '#ui/new-password-input.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { AuthNotice, useAuthProblemText } from './auth-notice.tsx'
import { useEnter } from './entry.ts'
import { LinkOver } from './link-over.tsx'
import { PublicForm, PublicTask, publicLinkStyle } from './public-task.tsx'
import { emailField, nameField, newPasswordField } from './sign-in-form.ts'

const SignUp = z.object({ name: nameField, email: emailField, password: newPasswordField })

/** Makes an account where the platform admin opened sign-up; elsewhere says how to get in. */
export function SignUpPage() {
  const { t } = useTranslation('identity')
  const setUp = useOperation(shellOperations.getSetUp, {})
  if (setUp.error) return <ProblemState error={setUp.error} onRetry={() => void setUp.refetch()} />
  if (!setUp.data) return <SkeletonText lines={6} />
  if (!setUp.data.signUpOpen) return <LinkOver title={t('signUp.closed')} text={t('signUp.closedText')} />
  return <OpenSignUp />
}

function OpenSignUp() {
  const { t } = useTranslation('identity')
  const { form, submit, problem } = useSignUp()
  return (
    <PublicTask
      title={t('signUp.title')}
      text={t('signUp.text')}
      notice={<AuthNotice problem={problem} />}
      foot={
        <p>
          <Link to="/sign-in" className={publicLinkStyle}>
            {t('links.haveAccount')}
          </Link>
        </p>
      }
    >
      <PublicForm onSubmit={submit} submit={t('signUp.submit')} busy={form.formState.isSubmitting}>
        <Field label={t('fields.name')} error={fieldError(form, 'name')}>
          <Input autoComplete="name" autoFocus maxLength={120} {...form.register('name')} />
        </Field>
        <Field label={t('fields.email')} error={fieldError(form, 'email')}>
          <Input type="email" inputMode="email" autoComplete="username" {...form.register('email')} />
        </Field>
        <Field label={t('fields.password')} error={fieldError(form, 'password')}>
          <NewPasswordInput {...form.register('password')} value={form.watch('password')} />
        </Field>
      </PublicForm>
    </PublicTask>
  )
}

function useSignUp() {
  const enter = useEnter()
  const problemText = useAuthProblemText()
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const form = useZodForm(SignUp, { name: '', email: '', password: '' })
  const submit = form.handleSubmit(async (body) => {
    setProblem(null)
    const answer = await askAuth((fetchOptions) =>
      auth.signUp.email({ ...body, language: currentLanguage(), callbackURL: '/verify-email', fetchOptions }),
    )
    if (answer.problem?.kind === 'emailTaken') {
      form.setError('email', { message: problemText(answer.problem) }, { shouldFocus: true })
      return
    }
    if (answer.problem) return setProblem(answer.problem)
    enter(answer.data.token ? '/' : `/verify-email?email=${encodeURIComponent(body.email)}`)
  })
  return { form, problem, submit: (event: BaseSyntheticEvent) => void submit(event) }
}
