import type { Media } from '@siar/contract'
import type { BubbleMedia } from '#ui/whatsapp-bubble.tsx'
import { mediaUrl } from './media-url.ts'

/** A media file as a bubble shows it; `thumbnail` for lists, `full` for the large preview. */
export function bubbleMedia(media: Media | null, size: 'full' | 'thumbnail'): BubbleMedia | null {
  if (!media) return null
  return {
    kind: media.kind,
    name: media.fileName,
    sizeBytes: media.sizeBytes,
    url: media.kind === 'image' ? mediaUrl(media.id, size) : null,
  }
}
