import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { askAuth } from '#app/auth-problem.ts'
import type { AuthProblem } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { AuthNotice } from './auth-notice.tsx'
import { PublicForm, PublicTask, publicLinkStyle } from './public-task.tsx'
import { emailField } from './sign-in-form.ts'

/** Asks for a link to a new password. What it answers does not tell whether the address has an account. */
export function ForgotPasswordPage() {
  const { t } = useTranslation('identity')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const form = useZodForm(z.object({ email: emailField }), { email: '' })
  const submit = form.handleSubmit(async ({ email }) => {
    setProblem(null)
    const { problem: refused } = await askAuth((fetchOptions) =>
      auth.requestPasswordReset({ email, fetchOptions }),
    )
    if (refused) setProblem(refused)
    else setSentTo(email)
  })
  const back = (
    <p>
      <Link to="/sign-in" className={publicLinkStyle}>
        {t('links.backToSignIn')}
      </Link>
    </p>
  )
  if (sentTo) {
    return (
      <PublicTask title={t('forgot.sent')} text={t('forgot.sentText', { email: sentTo })} foot={back}>
        <Notice>{t('forgot.noMail')}</Notice>
      </PublicTask>
    )
  }
  return (
    <PublicTask
      title={t('forgot.title')}
      text={t('forgot.text')}
      notice={<AuthNotice problem={problem} />}
      foot={back}
    >
      <PublicForm
        onSubmit={(event) => void submit(event)}
        submit={t('forgot.submit')}
        busy={form.formState.isSubmitting}
      >
        <Field label={t('fields.email')} error={fieldError(form, 'email')}>
          <Input
            type="email"
            inputMode="email"
            autoComplete="username"
            autoFocus
            {...form.register('email')}
          />
        </Field>
      </PublicForm>
    </PublicTask>
  )
}
