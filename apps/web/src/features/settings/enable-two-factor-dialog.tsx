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
import { BackupCodes } from './backup-codes.tsx'
import { PasswordQuestion } from './password-question.tsx'
import { ScanStep } from './scan-step.tsx'

type Step = { at: 'password' } | { at: 'scan' | 'codes'; totpUri: string; codes: string[] }

/** Three steps: prove it is you, link the app with one code, keep the backup codes. On only after the second. */
export function EnableTwoFactorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['settings', 'ui'])
  const formId = useId()
  const { step, busy, problem, begin, prove, finish } = useEnabling(onClose)
  const number = { password: 1, scan: 2, codes: 3 }[step.at]
  return (
    <Dialog
      open
      onOpenChange={step.at === 'codes' ? finish : onClose}
      size="md"
      title={t(`twoFactor.steps.${step.at}`)}
      text={t(`twoFactor.steps.${step.at}Text`)}
      footer={
        <>
          <span className="mr-auto self-center text-xs text-subtle max-sm:w-full max-sm:flex-none!">
            {t('ui:stepper.step', { step: number, steps: 3 })}
          </span>
          {step.at !== 'codes' && <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>}
          {step.at === 'codes' ? (
            <Button tone="primary" onClick={finish}>
              {t('twoFactor.codesKept')}
            </Button>
          ) : (
            <Button type="submit" form={formId} tone="primary" busy={busy}>
              {step.at === 'scan' ? t('twoFactor.enableAction') : t('ui:actions.next')}
            </Button>
          )}
        </>
      }
    >
      {step.at === 'password' && (
        <PasswordQuestion formId={formId} onAnswer={(password) => void begin(password)} problem={problem} />
      )}
      {step.at === 'scan' && (
        <ScanStep
          formId={formId}
          totpUri={step.totpUri}
          onCode={(code) => void prove(code)}
          problem={problem}
        />
      )}
      {step.at === 'codes' && <BackupCodes codes={step.codes} />}
    </Dialog>
  )
}

function useEnabling(onClose: () => void) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const [step, setStep] = useState<Step>({ at: 'password' })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<AuthProblem | null>(null)
  const begin = async (password: string) => {
    setBusy(true)
    const answer = await askAuth((fetchOptions) => auth.twoFactor.enable({ password, fetchOptions }))
    setBusy(false)
    setProblem(answer.problem)
    const { data } = answer
    if (data && 'totpURI' in data) setStep({ at: 'scan', totpUri: data.totpURI, codes: data.backupCodes })
  }
  const prove = async (code: string) => {
    setBusy(true)
    const answer = await askAuth((fetchOptions) => auth.twoFactor.verifyTotp({ code, fetchOptions }))
    setBusy(false)
    setProblem(answer.problem)
    if (!answer.problem && step.at === 'scan') setStep({ ...step, at: 'codes' })
  }
  const finish = () => {
    onClose()
    toast.success(t('twoFactor.enabled'))
    void invalidateOperations(client, ['identity.'])
  }
  return { step, busy, problem, begin, prove, finish }
}
