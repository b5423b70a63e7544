import type { Media } from '@siar/contract'
import type { MediaId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Actor, Core } from '../../core.ts'
import { toPage } from '../../list-cursor.ts'
import type { UploadedFile } from '../../storage/file-store.ts'
import { decodeTimeCursor, timeKeysOf } from '../../time-cursor.ts'
import type { InspectedFile } from './inspect-file.ts'
import { inspectFile } from './inspect-file.ts'
import { presentMedia } from './media.present.ts'
import {
  deleteMedia,
  isSentByOpenRun,
  findMedia,
  findMediaByHash,
  insertMedia,
  listMedia,
} from './media.repo.ts'
import type { MediaRow } from './media.repo.ts'

export type MediaService = ReturnType<typeof createMediaService>

/** Media of a workspace: uploaded once, compressed once, kept under the workspace's folder. */
export function createMediaService(core: Core) {
  return {
    upload: (workspaceId: WorkspaceId, actor: Actor, file: UploadedFile) =>
      upload(core, workspaceId, actor, file),

    list: (workspaceId: WorkspaceId, query: { limit: number; cursor?: string | undefined }) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const rows = await listMedia(scope, query.limit + 1, decodeTimeCursor(query.cursor))
        const page = toPage(rows, query.limit, (row) => timeKeysOf({ at: row.createdAt, id: row.id }))
        return { data: page.rows.map(presentMedia), nextCursor: page.nextCursor }
      }),

    get: async (workspaceId: WorkspaceId, mediaId: MediaId): Promise<Media> =>
      presentMedia(await getRow(core, workspaceId, mediaId)),

    /** The bytes of a file or of its thumbnail, as a stream. */
    open: async (workspaceId: WorkspaceId, mediaId: MediaId, size: 'full' | 'thumbnail') => {
      const row = await getRow(core, workspaceId, mediaId)
      const thumbnail = size === 'thumbnail' ? row.thumbnailKey : null
      const stream: Readable = await core.files.open(thumbnail ?? row.storageKey)
      return {
        stream,
        contentType: thumbnail ? 'image/jpeg' : row.mimeType,
        fileName: row.fileName,
        kind: row.kind,
      }
    },

    remove: async (workspaceId: WorkspaceId, actor: Actor, mediaId: MediaId): Promise<void> => {
      const row = await core.inWorkspace(workspaceId, async (scope) => {
        const found = await findMedia(scope, mediaId)
        if (!found) throw new AppError('not_found')
        if (found.templates > 0) throw new AppError('media_in_use', { templates: found.templates })
        if (await isSentByOpenRun(scope, mediaId)) throw new AppError('media_in_use')
        await deleteMedia(scope, mediaId)
        await core.audit(scope, { actor, action: 'media.remove', subjectId: mediaId })
        return found
      })
      await core.files.remove(row.storageKey)
      if (row.thumbnailKey) await core.files.remove(row.thumbnailKey)
    },
  }
}

async function getRow(core: Core, workspaceId: WorkspaceId, mediaId: MediaId): Promise<MediaRow> {
  const row = await core.inWorkspace(workspaceId, (scope) => findMedia(scope, mediaId))
  if (!row) throw new AppError('not_found')
  return row
}

async function upload(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  file: UploadedFile,
): Promise<Media> {
  const original = await readWhole(file.content, core.config.mediaSizeBytesMax)
  if (original.length === 0) throw new AppError('media_invalid', { reason: 'the file is empty' })
  const inspected = await inspectFile(original, file.fileName)
  const sha256 = createHash('sha256').update(inspected.bytes).digest('hex')
  const known = await core.inWorkspace(workspaceId, (scope) => findMediaByHash(scope, sha256))
  if (known) return presentMedia(known)
  const id = core.newId('med')
  const keys = await store(core, workspaceId, id, inspected)
  const row = {
    id,
    workspaceId,
    kind: inspected.kind,
    fileName: safeName(file.fileName, inspected.extension),
    mimeType: inspected.mimeType,
    sizeBytes: inspected.bytes.length,
    originalSizeBytes: original.length,
    width: inspected.width,
    height: inspected.height,
    sha256,
    ...keys,
    createdBy: actor.id,
    createdAt: core.now(),
  }
  await core.inWorkspace(workspaceId, async (scope) => {
    await insertMedia(scope, row)
    await core.audit(scope, {
      actor,
      action: 'media.upload',
      subjectId: id,
      details: { sizeBytes: row.sizeBytes },
    })
  })
  return presentMedia({ ...row, templates: 0 })
}

async function store(core: Core, workspaceId: WorkspaceId, id: MediaId, file: InspectedFile) {
  const storageKey = `${workspaceId}/media/${id}.${file.extension}`
  await core.files.write(storageKey, file.bytes, core.config.mediaSizeBytesMax)
  if (!file.thumbnail) return { storageKey, thumbnailKey: null }
  const thumbnailKey = `${workspaceId}/media/${id}.thumbnail.jpg`
  await core.files.write(thumbnailKey, file.thumbnail, core.config.mediaSizeBytesMax)
  return { storageKey, thumbnailKey }
}

async function readWhole(content: Readable, sizeBytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes > sizeBytesMax) throw new AppError('payload_too_large', { sizeBytesMax })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The name people see: without folders and control signs, with the ending of what the file became. */
function safeName(fileName: string, extension: string): string {
  const base = fileName
    .replace(/^.*[/\\]/, '')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/\.[^.]*$/, '')
    .trim()
  return `${base.slice(0, 100) || 'file'}.${extension}`
}
