import { templateOperations } from '@siar/contract'
import type { Media } from '@siar/contract'
import { useEffect, useState } from 'react'
import { fetchFile } from '#app/api.ts'
import type { BubbleMedia } from '#ui/whatsapp-bubble.tsx'

/** A media file as the preview shows it; the picture follows when it has been fetched, and is let go afterwards. */
export function useBubbleMedia(media: Media | null): BubbleMedia | null {
  const [url, setUrl] = useState<string | null>(null)
  const imageId = media?.kind === 'image' ? media.id : null
  useEffect(() => {
    setUrl(null)
    if (imageId === null) return
    const controller = new AbortController()
    let made: string | null = null
    void fetchFile(templateOperations.getMediaContent, {
      params: { mediaId: imageId },
      signal: controller.signal,
    }).then(
      (blob) => {
        made = URL.createObjectURL(blob)
        setUrl(made)
      },
      () => undefined,
    )
    return () => {
      controller.abort()
      if (made) URL.revokeObjectURL(made)
    }
  }, [imageId])
  if (media === null) return null
  return { kind: media.kind, url, name: media.fileName, sizeBytes: media.sizeBytes }
}
