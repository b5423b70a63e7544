import type { Contact, ResponseOf } from '@siar/contract'
import { contactMergeOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#ui/toast.ts'

type Merge = ResponseOf<typeof contactMergeOperations.list>['data'][number]

/** Who was merged into this contact, as long as that can be undone. */
export function ContactMerges({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const can = useCan()
  const format = useFormat()
  const [asking, setAsking] = useState<Merge | null>(null)
  const merges = useOperation(contactMergeOperations.list, { params: { contactId: contact.id } })
  const undo = useAction(contactMergeOperations.undo, {
    invalidates: ['contacts.', 'consents.', 'lists.', 'tags.'],
    onSuccess: ({ leftovers }) => {
      setAsking(null)
      if (leftovers.length === 0) toast.success(t('merge.undone'))
      else {
        toast.warning(t('merge.undone'), {
          description: leftovers.map((kind) => t(`merge.leftovers.${kind}`)).join(' '),
          duration: 20_000,
        })
      }
    },
  })
  const open = (merges.data?.data ?? []).flatMap(({ undoUntil, ...merge }) =>
    undoUntil === null ? [] : [{ ...merge, undoUntil }],
  )
  return (
    <>
      {open.map((merge) => (
        <Notice key={merge.id} title={t('merge.was', { name: merge.name || t('unnamed') })}>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <span>{t('merge.until', { at: format.dateTime(merge.undoUntil) })}</span>
            {can('contacts.write') && (
              <Button size="sm" onClick={() => setAsking(merge)}>
                {t('merge.undo')}
              </Button>
            )}
          </div>
        </Notice>
      ))}
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(isOpen) => !isOpen && setAsking(null)}
        title={t('merge.undoTitle')}
        text={t('merge.undoText')}
        action={t('merge.undo')}
        busy={undo.isPending}
        onConfirm={() => asking && undo.mutate({ params: { contactId: contact.id, mergeId: asking.id } })}
      />
    </>
  )
}
