import { contactOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationInput } from '#app/operation.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { toast } from '#ui/toast.ts'
import { useListChoices, useTagChoices } from './choices.ts'

type Body = OperationInput<typeof contactOperations.bulkUpdate>['body']

export type BulkChangeDialogProps = {
  kind: 'tags' | 'lists'
  count: number
  selection: Body['selection']
  onClose: () => void
  onDone: () => void
}

/** Puts tags or lists on many contacts, or takes them off. */
export function BulkChangeDialog({ kind, count, selection, onClose, onDone }: BulkChangeDialogProps) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const lists = useListChoices()
  const tags = useTagChoices()
  const [mode, setMode] = useState<'add' | 'remove'>('add')
  const [ids, setIds] = useState<string[]>([])
  const update = useAction(contactOperations.bulkUpdate, {
    invalidates: ['contacts.', 'lists.', 'tags.'],
    onSuccess: ({ contacts }) => {
      toast.success(t('bulk.changed', { count: contacts }))
      onDone()
    },
  })
  const choices = kind === 'tags' ? tags : lists
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t(`bulk.${kind}Title`, { count })}
      footer={
        <>
          <Button onClick={onClose}>{ui('actions.cancel')}</Button>
          <Button
            tone="primary"
            busy={update.isPending}
            disabled={ids.length === 0}
            onClick={() => update.mutate({ body: { selection, change: changeOf(kind, mode, ids) } })}
          >
            {t(`bulk.apply.${mode}`, { count })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RadioCards
          label={t('bulk.mode')}
          value={mode}
          onValueChange={setMode}
          options={[
            { value: 'add', title: t('bulk.add') },
            { value: 'remove', title: t('bulk.takeOff') },
          ]}
        />
        <Field
          label={t(`bulk.${kind}`)}
          hint={choices.options.length === 0 ? t(`bulk.${kind}None`) : undefined}
        >
          <Combobox
            multiple
            options={choices.options}
            loading={choices.loading}
            value={ids}
            onValueChange={setIds}
          />
        </Field>
      </div>
    </Dialog>
  )
}

function changeOf(kind: 'tags' | 'lists', mode: 'add' | 'remove', ids: string[]): Body['change'] {
  if (kind === 'tags') return mode === 'add' ? { addTagIds: ids } : { removeTagIds: ids }
  return mode === 'add' ? { addListIds: ids } : { removeListIds: ids }
}
