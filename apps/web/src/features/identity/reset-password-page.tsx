import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { askAuth } from '#app/auth-problem.ts'
import type { AuthProblem } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { NewPasswordInput } from '#ui/new-password-input.tsx'
import { AuthNotice } from './auth-notice.tsx'
import { useAddressValue } from './entry.ts'
import { LinkOver } from './link-over.tsx'
import { PublicForm, PublicTask } from './public-task.tsx'
import { newPasswordField } from './sign-in-form.ts'

/** Chooses a new password by the link of the mail; every session of the person ends with it. */
export function ResetPasswordPage() {
  const { t } = useTranslation('identity')
  const token = useAddressValue('token')
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const navigate = useNavigate()
  const form = useZodForm(z.object({ newPassword: newPasswordField }), { newPassword: '' })
  const submit = form.handleSubmit(async ({ newPassword }) => {
    setProblem(null)
    const { problem: refused } = await askAuth((fetchOptions) =>
      auth.resetPassword({ newPassword, token: token ?? '', fetchOptions }),
    )
    if (refused) return setProblem(refused)
    await navigate({ to: '/sign-in', search: { reset: 'done' } })
  })
  if (!token || problem?.kind === 'linkExpired') {
    return (
      <LinkOver
        title={t('reset.over')}
        text={t('reset.overText')}
        action={
          <Button tone="primary" size="lg" asChild>
            <Link to="/forgot-password">{t('reset.again')}</Link>
          </Button>
        }
      />
    )
  }
  return (
    <PublicTask title={t('reset.title')} text={t('reset.text')} notice={<AuthNotice problem={problem} />}>
      <PublicForm
        onSubmit={(event) => void submit(event)}
        submit={t('reset.submit')}
        busy={form.formState.isSubmitting}
      >
        <Field label={t('fields.newPassword')} error={fieldError(form, 'newPassword')}>
          <NewPasswordInput autoFocus {...form.register('newPassword')} value={form.watch('newPassword')} />
        </Field>
      </PublicForm>
    </PublicTask>
  )
}
