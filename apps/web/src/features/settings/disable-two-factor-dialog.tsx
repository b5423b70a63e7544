import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askAuth } from '#app/auth-problem.ts'
import type { AuthProblem } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { invalidateOperations } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { toast } from '#ui/toast.ts'
import { PasswordQuestion } from './password-question.tsx'

/** Switches the second step off again. */
export function DisableTwoFactorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['settings', 'ui'])
  const formId = useId()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const disable = async (password: string) => {
    setBusy(true)
    const answer = await askAuth((fetchOptions) => auth.twoFactor.disable({ password, fetchOptions }))
    setBusy(false)
    setProblem(answer.problem)
    if (answer.problem) return
    toast.success(t('twoFactor.disabled'))
    onClose()
    await invalidateOperations(client, ['identity.'])
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('twoFactor.disableTitle')}
      text={t('twoFactor.disableText')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
          <Button type="submit" form={formId} tone="danger" busy={busy}>
            {t('twoFactor.disableAction')}
          </Button>
        </>
      }
    >
      <PasswordQuestion formId={formId} onAnswer={(password) => void disable(password)} problem={problem} />
    </Dialog>
  )
}
