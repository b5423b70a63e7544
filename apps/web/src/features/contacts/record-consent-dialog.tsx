import type { Contact } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { toast } from '#ui/toast.ts'
import { contactName } from './contact-name.ts'

const wordingLengthMin = 3

/** Writes one line into the ledger: what this person said, in the words of who records it. */
export function RecordConsentDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const [state, setState] = useState<'granted' | 'withdrawn'>('granted')
  const [wording, setWording] = useState('')
  const [tried, setTried] = useState(false)
  const record = useAction(contactOperations.recordConsent, {
    invalidates: ['consents.', 'contacts.'],
    onSuccess: () => {
      toast.success(t('record.done'))
      onClose()
    },
  })
  const isShort = wording.trim().length < wordingLengthMin
  const submit = () => {
    setTried(true)
    if (isShort) return
    record.mutate({ params: { contactId: contact.id }, body: { state, wording: wording.trim() } })
  }
  return (
    <Dialog
      open
      size="md"
      onOpenChange={(open) => !open && onClose()}
      title={t('record.title', { name: contactName(contact, t('unnamed')) })}
      text={t('record.text')}
      footer={
        <>
          <Button onClick={onClose}>{ui('actions.cancel')}</Button>
          <Button tone="primary" busy={record.isPending} onClick={submit}>
            {t(`record.action.${state}`)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RadioCards
          label={t('record.what')}
          value={state}
          onValueChange={setState}
          options={[
            { value: 'granted', title: t('record.granted') },
            { value: 'withdrawn', title: t('record.withdrawn') },
          ]}
        />
        <Field
          label={t(`record.how.${state}`)}
          hint={t(`record.example.${state}`)}
          error={tried && isShort ? t('record.howNeeded') : undefined}
          required
        >
          <Textarea
            value={wording}
            maxLength={1000}
            rows={3}
            onChange={(event) => setWording(event.target.value)}
          />
        </Field>
        {state === 'granted' && contact.suppressed && (
          <Notice tone="warn">{t('record.stillSuppressed')}</Notice>
        )}
      </div>
    </Dialog>
  )
}
