import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthProblem } from '#app/auth-problem.ts'
import { Field } from '#ui/field.tsx'
import { PasswordInput } from '#ui/input.tsx'

type Props = { formId: string; onAnswer: (password: string) => void; problem: AuthProblem | null }

/** Asks for the password before something that weakens or changes how the person signs in. */
export function PasswordQuestion({ formId, onAnswer, problem }: Props) {
  const { t } = useTranslation(['settings', 'identity', 'ui'])
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const error = missing
    ? t('ui:invalid.required')
    : problem && t(`identity:problems.${problem.kind}`, { count: problem.retryAfterS })
  return (
    <form
      id={formId}
      noValidate
      className="pb-2"
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(password === '')
        if (password !== '') onAnswer(password)
      }}
    >
      <Field label={t('password.current')} hint={t('password.why')} error={error}>
        <PasswordInput
          autoFocus
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
    </form>
  )
}
