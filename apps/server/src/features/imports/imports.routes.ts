import { importOperations as operations } from '@siar/contract'
import type { ImportId, SenderId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import { presentImport } from './imports.present.ts'
import type { ImportService } from './imports.service.ts'
import type { SenderImport } from './sender-import.ts'

const idOf = (params: { importId: string }): ImportId => params.importId as ImportId

export function importBindings(service: ImportService, takeFromSender: SenderImport): Binding[] {
  return [
    bind(operations.upload, async ({ workspaceId, actor, file }) => {
      if (file === null) throw new AppError('bad_request', { reason: 'no_file' })
      return presentImport(await service.upload(workspaceId, actor, file))
    }),
    bind(operations.paste, async ({ workspaceId, actor, body }) =>
      presentImport(await service.paste(workspaceId, actor, body.text)),
    ),
    bind(operations.fromSender, async ({ workspaceId, actor, body, signal }) => {
      const from = { senderId: body.senderId as SenderId, groupId: body.groupId }
      return presentImport(await takeFromSender(workspaceId, actor, from, signal))
    }),
    bind(operations.list, async ({ workspaceId, query }) => {
      const { rows, nextCursor } = await service.list(workspaceId, query)
      return { data: rows.map(presentImport), nextCursor }
    }),
    bind(operations.get, async ({ workspaceId, params }) =>
      presentImport(await service.get(workspaceId, idOf(params))),
    ),
    bind(operations.preview, ({ workspaceId, params, body }) =>
      service.preview(workspaceId, idOf(params), body),
    ),
    bind(operations.start, async ({ workspaceId, actor, params, body }) =>
      presentImport(await service.start(workspaceId, actor, idOf(params), body)),
    ),
    bind(operations.cancel, async ({ workspaceId, actor, params }) =>
      presentImport(await service.cancel(workspaceId, actor, idOf(params))),
    ),
    bind(operations.remove, async ({ workspaceId, actor, params }) => {
      await service.remove(workspaceId, actor, idOf(params))
      return undefined
    }),
    bind(operations.rejects, async ({ workspaceId, params, language }) => ({
      stream: await service.rejects(workspaceId, idOf(params), language),
      contentType: 'text/csv; charset=utf-8',
      fileName: 'rejected-rows.csv',
    })),
  ]
}
