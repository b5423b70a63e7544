import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { BaseSyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { askAuth } from '#app/auth-problem.ts'
import type { AuthProblem } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { AuthNotice, useAuthProblemText } from './auth-notice.tsx'
import { useEnter, useNextPath } from './entry.ts'
import { PublicForm, PublicTask, publicLinkStyle } from './public-task.tsx'

const CodeForm = z.object({ code: z.string().trim().min(1).max(40), trustDevice: z.boolean() })

/** The second step of signing in: a code of the authenticator app, or a backup code when the phone is away. */
export function TwoFactorPage() {
  const { t } = useTranslation('identity')
  const [byBackup, setByBackup] = useState(false)
  return (
    <PublicTask
      title={t('twoFactor.title')}
      text={byBackup ? t('twoFactor.textBackup') : t('twoFactor.text')}
      foot={
        <>
          <p>
            <Button tone="link" onClick={() => setByBackup(!byBackup)}>
              {byBackup ? t('twoFactor.useApp') : t('twoFactor.useBackup')}
            </Button>
          </p>
          <p>
            <Link to="/sign-in" className={publicLinkStyle}>
              {t('twoFactor.back')}
            </Link>
          </p>
        </>
      }
    >
      <ChallengeForm key={String(byBackup)} byBackup={byBackup} />
    </PublicTask>
  )
}

function ChallengeForm({ byBackup }: { byBackup: boolean }) {
  const { t } = useTranslation('identity')
  const { form, submit, problem } = useChallenge(byBackup)
  const code = form.register('code')
  return (
    <>
      <AuthNotice problem={problem} />
      <PublicForm onSubmit={submit} submit={t('twoFactor.submit')} busy={form.formState.isSubmitting}>
        <Field
          label={byBackup ? t('twoFactor.backupCode') : t('twoFactor.code')}
          error={fieldError(form, 'code')}
        >
          <Input
            {...code}
            autoFocus
            autoComplete={byBackup ? 'off' : 'one-time-code'}
            inputMode={byBackup ? 'text' : 'numeric'}
            maxLength={byBackup ? 40 : 6}
            spellCheck={false}
            className={
              byBackup
                ? 'h-11 font-mono'
                : 'h-12 text-center font-mono text-lg! tracking-[0.4em] tabular-nums'
            }
            onChange={(event) => {
              void code.onChange(event)
              if (!byBackup && /^\d{6}$/.test(event.target.value)) submit()
            }}
          />
        </Field>
        <Checkbox
          checked={form.watch('trustDevice')}
          onCheckedChange={(checked) => form.setValue('trustDevice', checked)}
          label={t('twoFactor.trust')}
          hint={t('twoFactor.trustHint')}
        />
      </PublicForm>
    </>
  )
}

function useChallenge(byBackup: boolean) {
  const enter = useEnter()
  const next = useNextPath()
  const problemText = useAuthProblemText()
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const form = useZodForm(CodeForm, { code: '', trustDevice: false })
  const submit = form.handleSubmit(async (body) => {
    setProblem(null)
    const { problem: refused } = await askAuth((fetchOptions) =>
      byBackup
        ? auth.twoFactor.verifyBackupCode({ ...body, fetchOptions })
        : auth.twoFactor.verifyTotp({ ...body, fetchOptions }),
    )
    if (!refused) return enter(next)
    if (refused.kind !== 'wrongCode' && refused.kind !== 'wrongBackupCode') return setProblem(refused)
    form.resetField('code')
    form.setError('code', { message: problemText(refused) }, { shouldFocus: true })
  })
  return { form, problem, submit: (event?: BaseSyntheticEvent) => void submit(event) }
}
