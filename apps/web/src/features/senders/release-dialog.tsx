import { senderHaltOperations } from '@siar/contract'
import type { Halt, Sender } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { toast } from '#ui/toast.ts'
import { DateTime } from '#ui/time.tsx'

export type ReleaseDialogProps = { sender: Sender; halt: Halt; onClose: () => void }

/** Asks before a halted number may send marketing again; too early it names the risk and wants it understood. */
export function ReleaseDialog({ sender, halt, onClose }: ReleaseDialogProps) {
  const { t } = useTranslation(['senders', 'ui'])
  const [understood, setUnderstood] = useState(false)
  const [openedAtMs] = useState(() => Date.now())
  const early = halt.until !== null && openedAtMs < Date.parse(halt.until)
  const release = useAction(senderHaltOperations.release, {
    invalidates: ['senders.', 'campaigns.', 'analytics.'],
    onSuccess: () => {
      toast.success(t('senders:halt.released', { name: sender.name }))
      onClose()
    },
  })
  const go = () =>
    release.mutate({ params: { senderId: sender.id }, body: { confirmEarly: early && understood } })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(early ? 'senders:halt.early.title' : 'senders:halt.confirm.title', { name: sender.name })}
      text={t(early ? 'senders:halt.early.text' : 'senders:halt.confirm.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
          <Button
            tone={early ? 'danger' : 'primary'}
            busy={release.isPending}
            disabled={early && !understood}
            onClick={go}
          >
            {t(early ? 'senders:halt.early.action' : 'senders:halt.release')}
          </Button>
        </>
      }
    >
      {early && (
        <div className="flex flex-col gap-4 pb-2">
          <p className="text-sm text-muted">
            {t('senders:halt.until')} <DateTime at={halt.until ?? openedAtMs} />
          </p>
          <Checkbox
            checked={understood}
            onCheckedChange={setUnderstood}
            label={t('senders:halt.early.understood')}
          />
        </div>
      )}
    </Dialog>
  )
}
