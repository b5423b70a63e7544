import { contactOperations } from '@siar/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '#app/problem.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { toast } from '#ui/toast.ts'
import type { ListRow } from './list-row.ts'

/** Makes a list, or renames one. */
export function ListDialog({ list, onClose }: { list: ListRow | null; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const formId = useId()
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
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={list ? t('lists.edit') : t('lists.new')}
      footer={
        <>
          <Button onClick={onClose}>{ui('actions.cancel')}</Button>
          <Button type="submit" form={formId} tone="primary" busy={create.isPending || update.isPending}>
            {list ? t('lists.save') : t('lists.create')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) =>
          void form.handleSubmit((body) =>
            list ? update.mutate({ params: { listId: list.id }, body }) : create.mutate({ body }),
          )(event)
        }
      >
        <Field label={t('columns.name')} hint={t('lists.nameHint')} error={fieldError(form, 'name')} required>
          <Input {...form.register('name')} autoFocus autoComplete="off" />
        </Field>
        <Field label={t('lists.description')} error={fieldError(form, 'description')} optional>
          <Textarea {...form.register('description')} rows={2} />
        </Field>
      </form>
    </Dialog>
  )
}
