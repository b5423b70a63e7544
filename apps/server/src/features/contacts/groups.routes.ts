import { contactOperations as operations } from '@siar/contract'
import type { CustomFieldId, ListId, TagId } from '@siar/domain'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { CustomFieldService } from './custom-fields.service.ts'
import { presentCustomField, presentList, presentTag } from './groups.present.ts'
import type { GroupService } from './groups.service.ts'

export function groupBindings(groups: GroupService, fields: CustomFieldService): Binding[] {
  return [
    bind(operations.listTags, async ({ workspaceId }) => ({
      data: (await groups.listTags(workspaceId)).map(presentTag),
    })),
    bind(operations.createTag, async ({ workspaceId, actor, body }) =>
      presentTag(await groups.createTag(workspaceId, actor, body)),
    ),
    bind(operations.removeTag, async ({ workspaceId, actor, params }) => {
      await groups.removeTag(workspaceId, actor, params.tagId as TagId)
      return undefined
    }),
    bind(operations.listLists, async ({ workspaceId }) => ({
      data: (await groups.listLists(workspaceId)).map(presentList),
    })),
    bind(operations.createList, async ({ workspaceId, actor, body }) =>
      presentList(await groups.createList(workspaceId, actor, body)),
    ),
    bind(operations.updateList, async ({ workspaceId, actor, params, body }) =>
      presentList(await groups.updateList(workspaceId, actor, params.listId as ListId, body)),
    ),
    bind(operations.removeList, async ({ workspaceId, actor, params }) => {
      await groups.removeList(workspaceId, actor, params.listId as ListId)
      return undefined
    }),
    bind(operations.listCustomFields, async ({ workspaceId }) => ({
      data: (await fields.list(workspaceId)).map(presentCustomField),
    })),
    bind(operations.createCustomField, async ({ workspaceId, actor, body }) =>
      presentCustomField(await fields.create(workspaceId, actor, body)),
    ),
    bind(operations.removeCustomField, async ({ workspaceId, actor, params }) => {
      await fields.remove(workspaceId, actor, params.customFieldId as CustomFieldId)
      return undefined
    }),
  ]
}
