import type { Contact } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { toast } from '#ui/toast.ts'

export type OptOutDialogProps = { contact: Contact; name: string; onClose: () => void }

/** Opts one person out: consent withdrawn and every address suppressed. */
export function OptOutDialog({ contact, name, onClose }: OptOutDialogProps) {
  const { t } = useTranslation('contacts')
  const [note, setNote] = useState('')
  const optOut = useAction(contactOperations.optOut, {
    invalidates: ['contacts.', 'consents.', 'suppressions.'],
    onSuccess: () => {
      toast.success(t('optOut.done', { name }))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={t('optOut.title', { name })}
      text={t('optOut.text')}
      action={t('optOut.confirm')}
      busy={optOut.isPending}
      onConfirm={() => optOut.mutate({ params: { contactId: contact.id }, body: { note: note.trim() } })}
    >
      <Field label={t('optOut.note')} hint={t('optOut.noteHint')} optional>
        <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </ConfirmDialog>
  )
}
