import { templateOperations as operations } from '@siar/contract'
import type { TemplateId } from '@siar/domain'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { TemplateService } from './templates.service.ts'

export function templateBindings(templates: TemplateService): Binding[] {
  return [
    bind(operations.list, (call) => templates.list(call.workspaceId, call.query)),
    bind(operations.create, (call) =>
      templates.create(call.workspaceId, call.actor, call.language, call.body),
    ),
    bind(operations.get, (call) => templates.get(call.workspaceId, call.params.templateId as TemplateId)),
    bind(operations.update, ({ workspaceId, actor, language, params, body }) =>
      templates.update(workspaceId, actor, language, params.templateId as TemplateId, body),
    ),
    bind(operations.remove, async (call) => {
      await templates.remove(call.workspaceId, call.actor, call.params.templateId as TemplateId)
      return undefined
    }),
    bind(operations.preview, (call) => templates.preview(call.workspaceId, call.language, call.body)),
  ]
}
