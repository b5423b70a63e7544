import type { Media } from '@siar/contract'
import { FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { mediaUrl } from './media-url.ts'

/** The picture of a media file, or its kind where there is none. */
export function MediaThumb({ media }: { media: Media }) {
  const [failed, setFailed] = useState(false)
  if (media.kind === 'image' && !failed) {
    return (
      <img
        src={mediaUrl(media.id, 'thumbnail')}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => setFailed(true)}
        className="size-full object-cover"
      />
    )
  }
  return (
    <span className="flex size-full flex-col items-center justify-center gap-2 text-subtle">
      <FileText className="size-8" strokeWidth={1.5} aria-hidden />
      <span className="text-xs font-semibold uppercase">{media.fileName.split('.').at(-1)}</span>
    </span>
  )
}

/** Size, and what compressing saved: "310 kB, was 4.2 MB". */
export function MediaSize({ media }: { media: Media }) {
  const { t } = useTranslation('media')
  const format = useFormat()
  const size = format.bytes(media.sizeBytes)
  if (media.originalSizeBytes <= media.sizeBytes) return <span>{size}</span>
  return <span>{t('saved', { size, before: format.bytes(media.originalSizeBytes) })}</span>
}
