import type { Contact } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { ListPlus, Tag, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'
import { BulkChangeDialog } from './bulk-change-dialog.tsx'
import { ExportContacts } from './export-contacts.tsx'
import type { ContactFilter } from './contact-view.ts'

export type ContactsBulkProps = {
  picked: ReadonlySet<string>
  /** Everybody the filter finds is meant, not only those ticked. */
  everyMatch: boolean
  onEveryMatch: () => void
  filter: ContactFilter
  rows: readonly Contact[]
  total: { count: number; isExact: boolean } | null
  onDone: () => void
}

/** What can be done with the chosen contacts, and "select all 1,204 that match". */
export function ContactsBulk(props: ContactsBulkProps) {
  const { picked, everyMatch, onEveryMatch, filter, rows, onDone } = props
  const { count: total, isExact } = props.total ?? { count: 0, isExact: true }
  const { t } = useTranslation('contacts')
  const can = useCan()
  const [open, setOpen] = useState<'tags' | 'lists' | 'remove' | null>(null)
  const count = everyMatch ? total : picked.size
  const selection = everyMatch ? { filter } : { contactIds: [...picked] }
  const remove = useAction(contactOperations.bulkRemove, {
    invalidates: ['contacts.', 'lists.', 'tags.'],
    onSuccess: ({ contacts }) => {
      toast.success(t('bulk.removed', { count: contacts }))
      setOpen(null)
      onDone()
    },
  })
  const wholePage = rows.length > 0 && rows.every((row) => picked.has(row.id))
  return (
    <>
      {wholePage && !everyMatch && total > rows.length && (
        <Button tone="link" size="sm" onClick={onEveryMatch} className="mr-2">
          {t(isExact ? 'bulk.selectAll' : 'bulk.selectAllMore', { count: total })}
        </Button>
      )}
      <Button size="sm" icon={<Tag aria-hidden />} onClick={() => setOpen('tags')}>
        {t('bulk.tags')}
      </Button>
      <Button size="sm" icon={<ListPlus aria-hidden />} onClick={() => setOpen('lists')}>
        {t('bulk.lists')}
      </Button>
      <ExportContacts
        selection={selection}
        total={{ count, isExact: everyMatch ? isExact : true }}
        withText
      />
      {can('data.delete') && (
        <Button
          size="sm"
          tone="danger-quiet"
          icon={<Trash2 aria-hidden />}
          disabled={everyMatch && !isExact}
          title={everyMatch && !isExact ? t('bulk.tooMany') : undefined}
          onClick={() => setOpen('remove')}
        >
          {t('bulk.remove')}
        </Button>
      )}
      <Button size="sm" tone="ghost" onClick={onDone}>
        {t('bulk.unselect')}
      </Button>
      {(open === 'tags' || open === 'lists') && (
        <BulkChangeDialog
          kind={open}
          count={count}
          selection={selection}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null)
            onDone()
          }}
        />
      )}
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(next) => setOpen(next ? 'remove' : null)}
        danger
        title={t('bulk.removeTitle', { count })}
        text={t('bulk.removeText')}
        action={t('bulk.removeTitle', { count })}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ body: { selection, confirmCount: count } })}
      />
    </>
  )
}
