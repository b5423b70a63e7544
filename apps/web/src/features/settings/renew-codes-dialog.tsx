import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askAuth } from '#app/auth-problem.ts'
import type { AuthProblem } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { BackupCodes } from './backup-codes.tsx'
import { PasswordQuestion } from './password-question.tsx'

/** Makes new backup codes; the old ones stop working. */
export function RenewCodesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['settings', 'ui'])
  const formId = useId()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const renew = async (password: string) => {
    setBusy(true)
    const answer = await askAuth((fetchOptions) =>
      auth.twoFactor.generateBackupCodes({ password, fetchOptions }),
    )
    setBusy(false)
    setProblem(answer.problem)
    if (answer.data) setCodes(answer.data.backupCodes)
  }
  if (codes) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        size="md"
        title={t('twoFactor.codesTitle')}
        text={t('twoFactor.codesText')}
        footer={
          <Button tone="primary" onClick={onClose}>
            {t('twoFactor.codesKept')}
          </Button>
        }
      >
        <BackupCodes codes={codes} />
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('twoFactor.renew')}
      text={t('twoFactor.renewText')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
          <Button type="submit" form={formId} tone="primary" busy={busy}>
            {t('twoFactor.renewAction')}
          </Button>
        </>
      }
    >
      <PasswordQuestion formId={formId} onAnswer={(password) => void renew(password)} problem={problem} />
    </Dialog>
  )
}
