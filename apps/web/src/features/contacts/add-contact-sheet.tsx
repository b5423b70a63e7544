import { contactOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { useZodForm } from '#ui/form.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { toast } from '#ui/toast.ts'
import { ContactFields, emptyFields, toCreate } from './contact-fields.ts'
import { ContactFormFields } from './contact-form.tsx'
import { contactName } from './contact-name.ts'
import { showContactProblem } from './contact-problem.ts'

export type AddContactSheetProps = {
  open: boolean
  onClose: () => void
  onAdded: (contactId: string) => void
}

/** Adds one person by hand. */
export function AddContactSheet({ open, onClose, onAdded }: AddContactSheetProps) {
  const { t } = useTranslation('contacts')
  return (
    <Sheet
      open={open}
      onOpenChange={(next) => !next && onClose()}
      width="lg"
      title={t('add.title')}
      text={t('add.text')}
    >
      <AddContactForm onClose={onClose} onAdded={onAdded} />
    </Sheet>
  )
}

const NewContactFields = ContactFields.extend({ phone: z.string().trim().min(1).max(40) })

function AddContactForm({ onClose, onAdded }: Omit<AddContactSheetProps, 'open'>) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const form = useZodForm(NewContactFields, emptyFields)
  const create = useAction(contactOperations.create, {
    invalidates: ['contacts.', 'lists.', 'tags.'],
    onSuccess: (contact) => {
      toast.success(t('add.done', { name: contactName(contact, t('unnamed')) }))
      onAdded(contact.id)
    },
    onProblem: (problem) => showContactProblem(form, problem, t('fields.phoneTaken')),
  })
  return (
    <ContactFormFields
      form={form}
      isNew
      onSubmit={(fields) => create.mutate({ body: toCreate(fields) })}
      footer={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{ui('actions.cancel')}</Button>
          <Button type="submit" tone="primary" busy={create.isPending}>
            {t('add.submit')}
          </Button>
        </div>
      }
    />
  )
}
