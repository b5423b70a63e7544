import type { SavedContactView } from '@siar/contract'
import { contactViewOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Checkbox } from '#ui/checkbox.tsx'
import { Field } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { Input } from '#ui/input.tsx'
import { toast } from '#ui/toast.ts'

export type SaveViewDialogProps = {
  view: Pick<SavedContactView, 'filter' | 'sort' | 'columns'>
  onClose: () => void
}

/** Puts what the list shows now under a name. */
export function SaveViewDialog({ view, onClose }: SaveViewDialogProps) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [problem, setProblem] = useState<string | undefined>()
  const create = useAction(contactViewOperations.create, {
    invalidates: ['contactViews.'],
    onSuccess: (made) => {
      toast.success(t('views.done', { name: made.name }))
      onClose()
    },
    onProblem: (refused) => {
      if (refused.code === 'already_exists') setProblem(t('nameTaken'))
      else toastProblem(refused)
    },
  })
  return (
    <FormDialog
      onClose={onClose}
      title={t('views.saveTitle')}
      text={t('views.saveText')}
      action={t('views.submit')}
      busy={create.isPending}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '') setProblem(ui('invalid.required'))
        else create.mutate({ body: { ...view, name, shared } })
        return Promise.resolve()
      }}
    >
      <Field label={t('views.name')} error={problem} required>
        <Input
          value={name}
          maxLength={80}
          autoFocus
          autoComplete="off"
          onChange={(event) => {
            setName(event.target.value)
            setProblem(undefined)
          }}
        />
      </Field>
      <Checkbox
        checked={shared}
        onCheckedChange={setShared}
        label={t('views.share')}
        hint={t('views.shareHint')}
      />
    </FormDialog>
  )
}
