import type { Media } from '@siar/contract'
import { templateOperations } from '@siar/contract'
import { Image, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Badge } from '#ui/badge.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { FileDrop } from '#ui/file-drop.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { MediaSize, MediaThumb } from './media-tile.tsx'
import { mediaUrl } from './media-url.ts'
import { UploadList } from './upload-list.tsx'
import { mediaAccept, useMediaUpload } from './use-media-upload.ts'

const pageSize = 48

/** Pictures and documents of the workspace: what they weigh, who uses them. */
export function MediaPage() {
  const { t } = useTranslation('media')
  const can = useCan()
  const pages = useCursorPages()
  const [removing, setRemoving] = useState<Media | null>(null)
  const { uploads, send, dismiss } = useMediaUpload()
  const media = useOperation(
    templateOperations.listMedia,
    { query: { limit: pageSize, cursor: pages.cursor } },
    { keepPrevious: true },
  )
  const remove = useAction(templateOperations.removeMedia, {
    invalidates: ['media.'],
    onSuccess: () => {
      toast.success(t('removed'))
      setRemoving(null)
    },
  })
  const canWrite = can('templates.write')
  const rows = media.data?.data
  return (
    <Page>
      <PageHeader title={t('title')} text={t('text')} />
      {canWrite && (
        <FileDrop
          multiple
          label={t('add')}
          accept={mediaAccept}
          hint={t('kinds')}
          onFiles={(files) => void send(files)}
        />
      )}
      <UploadList uploads={uploads} onDismiss={dismiss} />
      {media.error && !rows && <ProblemState error={media.error} onRetry={() => void media.refetch()} />}
      {!rows && !media.error && <LoadingGrid />}
      {rows?.length === 0 && <EmptyState icon={Image} title={t('emptyTitle')} text={t('emptyText')} />}
      {rows && rows.length > 0 && (
        <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
          {rows.map((item) => (
            <MediaCard key={item.id} media={item} onRemove={canWrite ? () => setRemoving(item) : undefined} />
          ))}
        </ul>
      )}
      <CursorPager
        {...pages.pager(rows && { count: rows.length, nextCursor: media.data?.nextCursor ?? null }, pageSize)}
      />
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        danger
        title={t('removeTitle', { name: removing?.fileName ?? '' })}
        text={t('removeText')}
        action={t('removeConfirm')}
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ params: { mediaId: removing.id } })}
      />
    </Page>
  )
}

type MediaCardProps = { media: Media; onRemove: (() => void) | undefined }

function MediaCard({ media, onRemove }: MediaCardProps) {
  const { t } = useTranslation('media')
  const inUse = media.templates > 0
  return (
    <li className="flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface">
      <a
        href={mediaUrl(media.id, 'full')}
        target="_blank"
        rel="noreferrer"
        aria-label={t('open', { name: media.fileName })}
        className="block aspect-4/3 overflow-hidden bg-sunken"
      >
        <MediaThumb media={media} />
      </a>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5 p-3">
        <p className="truncate font-medium" title={media.fileName}>
          {media.fileName}
        </p>
        <p className="text-xs text-subtle tabular-nums">
          <MediaSize media={media} />
          {media.width && media.height && (
            <span className="block">{t('pixels', { width: media.width, height: media.height })}</span>
          )}
        </p>
        <div className="mt-auto flex items-center justify-between gap-2 pt-1">
          <Badge tone={inUse ? 'accent' : 'outline'}>
            {inUse ? t('usedBy', { count: media.templates }) : t('unused')}
          </Badge>
          {onRemove && (
            <IconButton
              size="sm"
              label={inUse ? t('removeInUse') : t('remove', { name: media.fileName })}
              icon={<Trash2 aria-hidden />}
              aria-disabled={inUse}
              className="-mr-1.5 aria-disabled:opacity-40"
              onClick={() => !inUse && onRemove()}
            />
          )}
        </div>
      </div>
    </li>
  )
}

function LoadingGrid() {
  return (
    <div aria-busy="true" className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="overflow-hidden rounded-lg border border-line bg-surface">
          <Skeleton className="aspect-4/3 h-auto w-full rounded-none" />
          <div className="flex flex-col gap-2 p-3">
            <Skeleton className="h-3.5 w-3/4" />
            <Skeleton className="h-3 w-1/3" />
          </div>
        </div>
      ))}
    </div>
  )
}
