import type { Media } from '@siar/contract'
import { templateOperations } from '@siar/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { problemText } from '#app/problem-toast.ts'
import { invalidateOperations } from '#app/query.ts'
import { upload } from '#app/upload.ts'

export const mediaAccept = 'image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.pptx,.zip,.txt'

/** One file on its way: `ratio` 0..1 while bytes leave, 1 while the server compresses. */
export type Upload = { id: number; name: string; ratio: number; problem: string | null }

/** Sends media one after another and tells how far each is. Leaving the page stops what has not arrived. */
export function useMediaUpload(onUploaded?: (media: Media) => void) {
  const client = useQueryClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const abort = useRef<AbortController | null>(null)
  const nextId = useRef(0)
  useEffect(() => () => abort.current?.abort(), [])
  const patch = (id: number, change: Partial<Upload>) =>
    setUploads((before) => before.map((item) => (item.id === id ? { ...item, ...change } : item)))
  const drop = (id: number) => setUploads((before) => before.filter((item) => item.id !== id))
  const sendOne = async (id: number, file: File, signal: AbortSignal) => {
    try {
      const onProgress = (ratio: number) => patch(id, { ratio })
      const media = await upload(templateOperations.uploadMedia, { file, signal, onProgress })
      drop(id)
      onUploaded?.(media)
    } catch (error) {
      if (!signal.aborted) patch(id, { problem: problemText(error) })
    }
  }
  const send = async (files: readonly File[]) => {
    abort.current ??= new AbortController()
    const { signal } = abort.current
    const queued = files.map((file) => ({ file, id: (nextId.current += 1) }))
    const added = queued.map(({ id, file }) => ({ id, name: file.name, ratio: 0, problem: null }))
    setUploads((before) => [...before, ...added])
    for (const { id, file } of queued) await sendOne(id, file, signal)
    if (!signal.aborted) await invalidateOperations(client, ['media.'])
  }
  return { uploads, send, dismiss: drop }
}
