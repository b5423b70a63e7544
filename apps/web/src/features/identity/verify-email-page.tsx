import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { AuthProblem } from '#app/auth-problem.ts'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { AuthNotice } from './auth-notice.tsx'
import { useAddressValue, useEnter } from './entry.ts'
import { PublicForm, PublicTask } from './public-task.tsx'
import { ResendVerification, sendVerification } from './resend-verification.tsx'
import { emailField } from './sign-in-form.ts'

/**
 * Around proving an address: `?email=` after a sign-up (look into your mail), `?error=` behind a link that is over,
 * neither behind a link that worked, which also signed the person in.
 */
export function VerifyEmailPage() {
  const { t } = useTranslation('identity')
  const enter = useEnter()
  const email = useAddressValue('email')
  const error = useAddressValue('error')
  if (error) return <LinkExpired />
  if (email) return <LookIntoMail email={email} />
  return (
    <PublicTask title={t('verify.done')} text={t('verify.doneText')}>
      <Button tone="primary" size="lg" className="w-full" onClick={() => enter('/')}>
        {t('verify.goOn')}
      </Button>
    </PublicTask>
  )
}

function LookIntoMail({ email }: { email: string }) {
  const { t } = useTranslation('identity')
  return (
    <PublicTask title={t('verify.look')} text={t('verify.lookText', { email })}>
      <Notice action={<ResendVerification email={email} />}>{t('verify.nothing')}</Notice>
    </PublicTask>
  )
}

function LinkExpired() {
  const { t } = useTranslation('identity')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const form = useZodForm(z.object({ email: emailField }), { email: '' })
  const submit = form.handleSubmit(async ({ email }) => {
    const { problem: refused } = await sendVerification(email)
    setProblem(refused)
    if (!refused) setSentTo(email)
  })
  if (sentTo) return <LookIntoMail email={sentTo} />
  return (
    <PublicTask
      title={t('verify.over')}
      text={t('verify.overText')}
      notice={<AuthNotice problem={problem} />}
    >
      <PublicForm
        onSubmit={(event) => void submit(event)}
        submit={t('verify.sendNew')}
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
