import { segmentOperations as operations } from '@siar/contract'
import type { SegmentId } from '@siar/domain'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import { presentPreview, presentSegment } from './segments.present.ts'
import type { SegmentService } from './segments.service.ts'

const idOf = (params: { segmentId: string }): SegmentId => params.segmentId as SegmentId

export function segmentBindings(service: SegmentService): Binding[] {
  return [
    bind(operations.list, async ({ workspaceId }) => ({
      data: (await service.list(workspaceId)).map(presentSegment),
    })),
    bind(operations.get, async ({ workspaceId, params }) =>
      presentSegment(await service.get(workspaceId, idOf(params))),
    ),
    bind(operations.create, async ({ workspaceId, actor, body }) =>
      presentSegment(await service.create(workspaceId, actor, body)),
    ),
    bind(operations.update, async ({ workspaceId, actor, params, body }) =>
      presentSegment(await service.update(workspaceId, actor, idOf(params), body)),
    ),
    bind(operations.remove, async ({ workspaceId, actor, params }) => {
      await service.remove(workspaceId, actor, idOf(params))
      return undefined
    }),
    bind(operations.preview, async ({ workspaceId, body }) =>
      presentPreview(await service.preview(workspaceId, body.rule, body.sample)),
    ),
  ]
}
