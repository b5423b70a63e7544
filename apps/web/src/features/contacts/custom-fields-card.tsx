import type { ResponseOf } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { FormInput, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { CustomFieldDialog } from './custom-field-dialog.tsx'

type FieldRow = ResponseOf<typeof contactOperations.listCustomFields>['data'][number]

/** The workspace's own fields: what they are called, of which kind, and how a message names them. */
export function CustomFieldsCard() {
  const { t } = useTranslation('contacts')
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<FieldRow | null>(null)
  const fields = useOperation(contactOperations.listCustomFields, {})
  const remove = useAction(contactOperations.removeCustomField, {
    invalidates: ['customFields.', 'contacts.', 'templates.'],
    onSuccess: () => {
      toast.success(t('custom.removed'))
      setRemoving(null)
    },
  })
  const add = can('contacts.write') && (
    <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
      {t('custom.new')}
    </Button>
  )
  const rows = fields.data?.data
  return (
    <Card title={t('custom.title')} text={t('custom.text')} aside={rows?.length ? add : undefined}>
      {fields.error && !rows && <ProblemState error={fields.error} onRetry={() => void fields.refetch()} />}
      {!rows && !fields.error && <SkeletonText lines={5} />}
      {rows?.length === 0 && (
        <EmptyState
          icon={FormInput}
          title={t('custom.emptyTitle')}
          text={t('custom.emptyText')}
          action={add}
        />
      )}
      {rows && rows.length > 0 && (
        <ul className="divide-y divide-line">
          {rows.map((field) => (
            <li key={field.id} className="flex min-h-11 items-center gap-3 py-1">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{field.label}</span>
                <code className="text-xs text-subtle">{`{${field.key}}`}</code>
              </span>
              <Badge>{t(`custom.types.${field.type}`)}</Badge>
              {can('contacts.write') && (
                <IconButton
                  size="sm"
                  label={t('custom.remove', { name: field.label })}
                  icon={<X aria-hidden />}
                  className="-mr-2"
                  onClick={() => setRemoving(field)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <CustomFieldDialog onClose={() => setAdding(false)} />}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        danger
        title={t('custom.remove', { name: removing?.label ?? '' })}
        text={t('custom.removeText')}
        action={t('custom.removeConfirm')}
        phrase={removing?.label}
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ params: { customFieldId: removing.id } })}
      />
    </Card>
  )
}
