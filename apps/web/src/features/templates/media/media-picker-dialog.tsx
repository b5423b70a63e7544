import type { Media } from '@siar/contract'
import { templateOperations } from '@siar/contract'
import { Image } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { MediaThumb } from './media-tile.tsx'

export type MediaPickerDialogProps = { onPick: (media: Media) => void; onClose: () => void }

/** Chooses one file of the library. */
export function MediaPickerDialog({ onPick, onClose }: MediaPickerDialogProps) {
  const { t } = useTranslation('media')
  const [cursors, setCursors] = useState<readonly string[]>([''])
  return (
    <Dialog open size="lg" onOpenChange={(open) => !open && onClose()} title={t('choose')}>
      <div className="grid grid-cols-2 gap-3 pb-4 sm:grid-cols-4">
        {cursors.map((cursor, index) => (
          <PickerPage
            key={cursor}
            cursor={cursor}
            onPick={onPick}
            onMore={index === cursors.length - 1 ? (next) => setCursors((before) => [...before, next]) : null}
          />
        ))}
      </div>
    </Dialog>
  )
}

type PickerPageProps = {
  cursor: string
  onPick: (media: Media) => void
  onMore: ((cursor: string) => void) | null
}

function PickerPage({ cursor, onPick, onMore }: PickerPageProps) {
  const { t } = useTranslation('media')
  const query = { limit: 24, ...(cursor ? { cursor } : {}) }
  const page = useOperation(templateOperations.listMedia, { query })
  if (page.error) {
    return (
      <div className="col-span-full">
        <ProblemState error={page.error} onRetry={() => void page.refetch()} />
      </div>
    )
  }
  if (!page.data) {
    return Array.from({ length: 8 }, (_, index) => (
      <Skeleton key={index} className="aspect-square h-auto w-full rounded-lg" />
    ))
  }
  const { data, nextCursor } = page.data
  if (data.length === 0 && cursor === '') {
    return (
      <div className="col-span-full">
        <EmptyState icon={Image} title={t('emptyTitle')} text={t('emptyText')} />
      </div>
    )
  }
  return (
    <>
      {data.map((media) => (
        <button
          key={media.id}
          type="button"
          onClick={() => onPick(media)}
          className="flex min-w-0 flex-col overflow-hidden rounded-lg border border-line text-left transition-colors hover:border-accent"
        >
          <span className="block aspect-4/3 w-full overflow-hidden bg-sunken">
            <MediaThumb media={media} />
          </span>
          <span className="block w-full truncate px-2.5 py-2 text-xs font-medium">{media.fileName}</span>
        </button>
      ))}
      {nextCursor && onMore && (
        <div className="col-span-full">
          <Button size="sm" onClick={() => onMore(nextCursor)}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}
