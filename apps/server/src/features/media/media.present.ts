import type { Media } from '@siar/contract'
import type { MediaRow } from './media.repo.ts'

export function presentMedia(row: MediaRow): Media {
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.fileName,
    mimeType: row.mimeType,
    sizeBytes: row.sizeBytes,
    originalSizeBytes: row.originalSizeBytes,
    width: row.width,
    height: row.height,
    templates: row.templates,
    createdAt: row.createdAt.toISOString(),
  }
}
