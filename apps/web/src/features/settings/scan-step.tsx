import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthProblem } from '#app/auth-problem.ts'
import { CopyField } from '#ui/copy-field.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { QrCode } from '#ui/qr-code.tsx'

type Props = { formId: string; totpUri: string; onCode: (code: string) => void; problem: AuthProblem | null }

/** The QR code for the authenticator app, the same as text, and the code that proves it worked. */
export function ScanStep({ formId, totpUri, onCode, problem }: Props) {
  const { t } = useTranslation(['settings', 'identity', 'ui'])
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const secret = new URL(totpUri).searchParams.get('secret') ?? ''
  const error = missing
    ? t('ui:invalid.required')
    : problem && t(`identity:problems.${problem.kind}`, { count: problem.retryAfterS })
  return (
    <form
      id={formId}
      noValidate
      className="grid gap-6 pb-2 sm:grid-cols-[auto_1fr]"
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(code === '')
        if (code !== '') onCode(code)
      }}
    >
      <div className="max-sm:mx-auto">
        <QrCode value={totpUri} sizePx={176} label={t('twoFactor.qr')} />
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <Field label={t('twoFactor.secret')} hint={t('twoFactor.secretHint')}>
          <CopyField value={secret} label={t('twoFactor.secret')} />
        </Field>
        <Field label={t('identity:twoFactor.code')} error={error}>
          <Input
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            className="h-11 text-center font-mono text-lg! tracking-[0.35em]"
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
        </Field>
      </div>
    </form>
  )
}
