import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askAuth } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { Button } from '#ui/button.tsx'
import { toast } from '#ui/toast.ts'
import { useAuthProblemText } from './auth-notice.tsx'

/** Sends the mail that proves an address. The answer is the same for an address without an account. */
export function sendVerification(email: string) {
  return askAuth((fetchOptions) =>
    auth.sendVerificationEmail({ email, callbackURL: '/verify-email', fetchOptions }),
  )
}

/** Has the mail sent once more. */
export function ResendVerification({ email }: { email: string }) {
  const { t } = useTranslation('identity')
  const problemText = useAuthProblemText()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    const { problem } = await sendVerification(email)
    setBusy(false)
    if (problem) toast.error(problemText(problem))
    else toast.success(t('verify.sentAgain', { email }))
  }
  return (
    <Button size="sm" busy={busy} onClick={() => void send()}>
      {t('verify.sendAgain')}
    </Button>
  )
}
