import type { Contact, SavedContactView } from '@siar/contract'
import { contactViewOperations } from '@siar/contract'
import { Bookmark, BookmarkPlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import type { ColumnChoice } from '#ui/column-choice.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import type { MenuGroup } from '#ui/dropdown-menu.tsx'
import type { Column } from '#ui/table.tsx'
import { toast } from '#ui/toast.ts'
import { savedFilterOf, viewOf } from './contact-view.ts'
import type { ContactView } from './contact-view.ts'
import { SaveViewDialog } from './save-view-dialog.tsx'

export type ContactViewsProps = {
  view: ContactView
  columns: readonly Column<Contact>[]
  choice: ColumnChoice<Contact>
  onApply: (patch: Partial<ContactView>) => void
}

/** Saved views of the list: take one, save what is on screen, delete the one on screen. */
export function ContactViews({ view, columns, choice, onApply }: ContactViewsProps) {
  const { t } = useTranslation('contacts')
  const canWrite = useCan()('contacts.write')
  const views = useOperation(contactViewOperations.list, {}, { staleMs: 60_000 })
  const [saving, setSaving] = useState(false)
  const [removing, setRemoving] = useState<SavedContactView | null>(null)
  const now = {
    filter: savedFilterOf(view),
    sort: view.sort === 'name' ? ('name' as const) : ('newest' as const),
    columns: columns.filter(({ id, primary }) => !primary && choice.isShown(id)).map(({ id }) => id),
  }
  const saved = views.data?.data ?? []
  const current = saved.find((candidate) => keyOf(candidate) === keyOf(now)) ?? null
  const take = ({ filter, sort, columns: shown }: SavedContactView) => {
    choice.show(shown)
    onApply({ ...viewOf(filter), sort })
  }
  const groups: MenuGroup[] = [
    {
      label: t(saved.length > 0 ? 'views.saved' : 'views.none'),
      items: saved.map((one) => ({
        id: one.id,
        label: one.name,
        hint: t(one.shared ? 'views.shared' : 'views.own'),
        checked: one === current,
        onSelect: () => take(one),
      })),
    },
    ...(canWrite
      ? [
          {
            items: [
              {
                id: 'save',
                label: t('views.save'),
                icon: <BookmarkPlus aria-hidden />,
                onSelect: () => setSaving(true),
              },
              ...(current
                ? [
                    {
                      id: 'remove',
                      label: t('views.remove', { name: current.name }),
                      icon: <Trash2 aria-hidden />,
                      danger: true,
                      onSelect: () => setRemoving(current),
                    },
                  ]
                : []),
            ],
          },
        ]
      : []),
  ]
  return (
    <>
      <DropdownMenu
        trigger={
          <Button icon={<Bookmark aria-hidden />}>
            <span className="max-w-28 truncate">{current?.name ?? t('views.action')}</span>
          </Button>
        }
        groups={groups}
        className="max-w-[min(20rem,calc(100vw-2rem))]"
      />
      {saving && <SaveViewDialog view={now} onClose={() => setSaving(false)} />}
      {removing && <RemoveView view={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}

type Shown = Pick<SavedContactView, 'filter' | 'sort' | 'columns'>

/** Equal for views that show the same. */
function keyOf({ filter, sort, columns }: Shown): string {
  return JSON.stringify([Object.entries(filter).sort(), sort, [...columns].sort()])
}

function RemoveView({ view, onClose }: { view: SavedContactView; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const remove = useAction(contactViewOperations.remove, {
    invalidates: ['contactViews.'],
    onSuccess: () => {
      toast.success(t('views.removed'))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={t('views.removeTitle', { name: view.name })}
      text={t(view.shared ? 'views.removeShared' : 'views.removeText')}
      action={t('views.removeConfirm')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ params: { viewId: view.id } })}
    />
  )
}
