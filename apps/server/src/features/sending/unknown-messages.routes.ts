import { unknownMessageOperations as operations } from '@siar/contract'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { UnknownMessageService } from './unknown-messages.service.ts'

export function unknownMessageBindings(unknownMessages: UnknownMessageService): Binding[] {
  return [
    bind(operations.list, ({ workspaceId, query, language }) =>
      unknownMessages.list(workspaceId, query, language),
    ),
    bind(operations.settle, ({ workspaceId, actor, body }) =>
      unknownMessages.settle(workspaceId, actor, body),
    ),
  ]
}
