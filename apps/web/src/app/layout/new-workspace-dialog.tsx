import { shellOperations } from '../shell-operations.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { useAction } from '../query.ts'
import { chooseWorkspace } from '../workspace-choice.ts'

/** Makes a workspace and moves this tab into it. */
export function NewWorkspaceDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { t } = useTranslation(['app', 'ui'])
  const [name, setName] = useState('')
  const create = useAction(shellOperations.createWorkspace, {
    invalidates: ['identity.getMe'],
    onSuccess: (workspace) => {
      chooseWorkspace(workspace.id)
      setName('')
      onOpenChange(false)
    },
  })
  const submit = () => create.mutate({ body: { name: name.trim() } })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('workspace.create')}
      text={t('workspace.createText')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('ui:actions.cancel')}</Button>
          <Button tone="primary" busy={create.isPending} disabled={!name.trim()} onClick={submit}>
            {t('workspace.create')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) submit()
        }}
      >
        <Field label={t('workspace.name')} hint={t('workspace.nameHint')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={120} autoFocus />
        </Field>
      </form>
    </Dialog>
  )
}
