import { contactOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '#app/problem.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Field } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { toast } from '#ui/toast.ts'
import type { ListRow } from './list-row.ts'

/** Makes a list, or renames one. */
export function ListDialog({ list, onClose }: { list: ListRow | null; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const form = useZodForm(contactOperations.createList.body, {
    name: list?.name ?? '',
    description: list?.description ?? '',
  })
  const options = {
    invalidates: ['lists.', 'contacts.'],
    onSuccess: () => {
      toast.success(t('lists.saved'))
      onClose()
    },
    onProblem: (problem: ApiProblem) => {
      if (problem.code === 'already_exists') form.setError('name', { message: t('nameTaken') })
      else if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  }
  const create = useAction(contactOperations.createList, options)
  const update = useAction(contactOperations.updateList, options)
  return (
    <FormDialog
      onClose={onClose}
      title={list ? t('lists.edit') : t('lists.new')}
      action={list ? t('lists.save') : t('lists.create')}
      busy={create.isPending || update.isPending}
      onSubmit={form.handleSubmit((body) =>
        list ? update.mutate({ params: { listId: list.id }, body }) : create.mutate({ body }),
      )}
    >
      <Field label={t('columns.name')} hint={t('lists.nameHint')} error={fieldError(form, 'name')} required>
        <Input {...form.register('name')} autoFocus autoComplete="off" />
      </Field>
      <Field label={t('lists.description')} error={fieldError(form, 'description')} optional>
        <Textarea {...form.register('description')} rows={2} />
      </Field>
    </FormDialog>
  )
}
