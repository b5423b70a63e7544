import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { BaseSyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { askAuth } from '#app/auth-problem.ts'
import type { AuthProblem } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { useOperation } from '#app/query.ts'
import { shellOperations } from '#app/shell-operations.ts'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { Input, PasswordInput } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { AuthNotice, useAuthProblemText } from './auth-notice.tsx'
import { useAddressValue, useEnter, useNextPath } from './entry.ts'
import { PublicForm, PublicTask, publicLinkStyle } from './public-task.tsx'
import { ResendVerification } from './resend-verification.tsx'
import { SignInForm } from './sign-in-form.ts'

/** Signs a person in; with two-factor on, the code comes on its own page. */
export function SignInPage() {
  const { t } = useTranslation('identity')
  const { data: setUp } = useOperation(shellOperations.getSetUp, {}, { staleMs: 60_000 })
  const next = useNextPath()
  const passwordReset = useAddressValue('reset') === 'done'
  const { form, submit, problem } = useSignIn(next)
  const notVerified = problem?.kind === 'notVerified'
  return (
    <PublicTask
      title={t('signIn.title')}
      text={next.startsWith('/invitations/') ? t('signIn.textInvited') : t('signIn.text')}
      notice={
        <>
          {setUp?.needed && <Notice title={t('signIn.needed')}>{t('signIn.neededText')}</Notice>}
          {passwordReset && !problem && <Notice tone="success">{t('signIn.afterReset')}</Notice>}
          <AuthNotice
            problem={problem}
            action={notVerified && <ResendVerification email={form.getValues('email')} />}
          />
        </>
      }
      foot={
        setUp?.signUpOpen ? (
          <p>
            {t('signIn.noAccount')}{' '}
            <Link to="/sign-up" className={publicLinkStyle}>
              {t('signIn.toSignUp')}
            </Link>
          </p>
        ) : (
          setUp && !setUp.needed && <p>{t('signIn.closed')}</p>
        )
      }
    >
      <PublicForm onSubmit={submit} submit={t('signIn.submit')} busy={form.formState.isSubmitting}>
        <Field label={t('fields.email')} error={fieldError(form, 'email')}>
          <Input
            type="email"
            autoComplete="username"
            inputMode="email"
            autoFocus
            {...form.register('email')}
          />
        </Field>
        <Field
          label={t('fields.password')}
          error={fieldError(form, 'password')}
          aside={
            <Link to="/forgot-password" className={publicLinkStyle}>
              {t('signIn.forgot')}
            </Link>
          }
        >
          <PasswordInput autoComplete="current-password" {...form.register('password')} />
        </Field>
      </PublicForm>
    </PublicTask>
  )
}

function useSignIn(next: string) {
  const enter = useEnter()
  const problemText = useAuthProblemText()
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const form = useZodForm(SignInForm, { email: '', password: '' })
  useEffect(() => {
    void askAuth((fetchOptions) => auth.getSession({ fetchOptions })).then(({ data }) => {
      if (data?.user) enter(next)
    })
  }, [enter, next])
  const submit = form.handleSubmit(async (credentials) => {
    setProblem(null)
    const answer = await askAuth((fetchOptions) => auth.signIn.email({ ...credentials, fetchOptions }))
    if (answer.problem?.kind === 'wrongPassword') {
      form.setError('password', { message: problemText(answer.problem) }, { shouldFocus: true })
      return
    }
    if (answer.problem) return setProblem(answer.problem)
    const more = 'twoFactorRedirect' in answer.data && answer.data.twoFactorRedirect === true
    enter(more ? `/two-factor?next=${encodeURIComponent(next)}` : next)
  })
  return { form, problem, submit: (event: BaseSyntheticEvent) => void submit(event) }
}
