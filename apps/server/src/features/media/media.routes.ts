import { templateOperations as operations } from '@siar/contract'
import type { MediaId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { MediaService } from './media.service.ts'

const HOUR_SECONDS = 3600

export function mediaBindings(media: MediaService): Binding[] {
  return [
    bind(operations.uploadMedia, async (call) => {
      if (!call.file) throw new AppError('validation_failed')
      return media.upload(call.workspaceId, call.actor, call.file)
    }),
    bind(operations.listMedia, (call) => media.list(call.workspaceId, call.query)),
    bind(operations.getMedia, (call) => media.get(call.workspaceId, call.params.mediaId as MediaId)),
    bind(operations.getMediaContent, async (call) => {
      const { kind, fileName, ...file } = await media.open(
        call.workspaceId,
        call.params.mediaId as MediaId,
        call.query.size,
      )
      return { ...file, cacheSeconds: HOUR_SECONDS, ...(kind === 'document' ? { fileName } : {}) }
    }),
    bind(operations.removeMedia, async (call) => {
      await media.remove(call.workspaceId, call.actor, call.params.mediaId as MediaId)
      return undefined
    }),
  ]
}
