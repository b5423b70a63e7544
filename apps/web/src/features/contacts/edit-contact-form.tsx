import type { Contact } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { useZodForm } from '#ui/form.tsx'
import { toast } from '#ui/toast.ts'
import { ContactFields, fieldsOf, toUpdate } from './contact-fields.ts'
import { ContactFormFields } from './contact-form.tsx'
import { showContactProblem } from './contact-problem.ts'

/** Changes one person's fields. */
export function EditContactForm({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const form = useZodForm(ContactFields, fieldsOf(contact))
  const update = useAction(contactOperations.update, {
    invalidates: ['contacts.', 'lists.', 'tags.'],
    onSuccess: () => {
      toast.success(t('edit.done'))
      onDone()
    },
    onProblem: (problem) => showContactProblem(form, problem, t('fields.phoneTaken')),
  })
  return (
    <ContactFormFields
      form={form}
      isNew={false}
      onSubmit={(fields) => update.mutate({ params: { contactId: contact.id }, body: toUpdate(fields) })}
      footer={
        <div className="flex justify-end gap-2">
          <Button onClick={onDone}>{ui('actions.cancel')}</Button>
          <Button type="submit" tone="primary" busy={update.isPending}>
            {t('edit.save')}
          </Button>
        </div>
      }
    />
  )
}
