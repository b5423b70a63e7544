import { contactViewOperations as operations } from '@siar/contract'
import type { Binding } from '../../../http/binding.ts'
import { bind } from '../../../http/binding.ts'
import type { ContactViewService } from './contact-views.service.ts'

export function contactViewBindings(service: ContactViewService): Binding[] {
  return [
    bind(operations.list, async ({ workspaceId, actor }) => ({
      data: await service.list(workspaceId, actor),
    })),
    bind(operations.create, ({ workspaceId, actor, body }) => service.create(workspaceId, actor, body)),
    bind(operations.remove, async ({ workspaceId, actor, params }) => {
      await service.remove(workspaceId, actor, params.viewId)
      return undefined
    }),
  ]
}
