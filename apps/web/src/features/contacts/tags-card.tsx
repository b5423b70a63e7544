import type { ResponseOf } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { Plus, Tag as TagIcon, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { TagDialog } from './tag-dialog.tsx'
import { TagDot } from './tag-chip.tsx'

type TagRow = ResponseOf<typeof contactOperations.listTags>['data'][number]

/** The workspace's tags with how many people carry each. */
export function TagsCard() {
  const { t } = useTranslation('contacts')
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<TagRow | null>(null)
  const tags = useOperation(contactOperations.listTags, {})
  const remove = useAction(contactOperations.removeTag, {
    invalidates: ['tags.', 'contacts.'],
    onSuccess: () => {
      toast.success(t('tags.removed'))
      setRemoving(null)
    },
  })
  const add = can('contacts.write') && (
    <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
      {t('tags.new')}
    </Button>
  )
  const rows = tags.data?.data
  return (
    <Card title={t('columns.tags')} text={t('tags.tagsText')} aside={rows?.length ? add : undefined}>
      {tags.error && !rows && <ProblemState error={tags.error} onRetry={() => void tags.refetch()} />}
      {!rows && !tags.error && <SkeletonText lines={5} />}
      {rows?.length === 0 && (
        <EmptyState icon={TagIcon} title={t('tags.emptyTitle')} text={t('tags.emptyText')} action={add} />
      )}
      {rows && rows.length > 0 && (
        <ul className="divide-y divide-line">
          {rows.map((tag) => (
            <li key={tag.id} className="flex min-h-11 items-center gap-3">
              <TagDot colour={tag.colour} className="size-2.5" />
              <Link
                to="/contacts"
                search={{ tag: tag.id }}
                className="min-w-0 flex-1 truncate font-medium hover:underline"
              >
                {tag.name}
              </Link>
              <span className="text-xs text-subtle tabular-nums">{t('people', { count: tag.contacts })}</span>
              {can('contacts.write') && (
                <IconButton
                  size="sm"
                  label={t('tags.remove', { name: tag.name })}
                  icon={<X aria-hidden />}
                  className="-mr-2"
                  onClick={() => setRemoving(tag)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <TagDialog onClose={() => setAdding(false)} />}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        danger
        title={t('tags.remove', { name: removing?.name ?? '' })}
        text={t('tags.removeText', { count: removing?.contacts ?? 0 })}
        action={t('tags.removeConfirm')}
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ params: { tagId: removing.id } })}
      />
    </Card>
  )
}
