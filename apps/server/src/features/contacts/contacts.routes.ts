import {
  contactExportOperations,
  contactMergeOperations,
  contactOperations as operations,
  personDataOperations,
} from '@siar/contract'
import type { ContactId, ContactMergeId } from '@siar/domain'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import { presentContact } from './contacts.present.ts'
import type { createContactBulkService } from './contact-bulk.service.ts'
import type { ContactService } from './contacts.service.ts'
import type { createPersonDataService } from './person-data.service.ts'
import type { createContactExportService } from './export/contact-export.service.ts'
import type { createMergeService } from './merge/merge.service.ts'
import { presentTimelineEntry } from './timeline.present.ts'
import type { createTimelineService } from './timeline.service.ts'

const idOf = (params: { contactId: string }): ContactId => params.contactId as ContactId

const exportTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

type AllOfContacts = ContactService &
  ReturnType<typeof createContactBulkService> &
  ReturnType<typeof createTimelineService> &
  ReturnType<typeof createContactExportService> &
  ReturnType<typeof createMergeService> &
  ReturnType<typeof createPersonDataService>

export function contactBindings(service: AllOfContacts): Binding[] {
  return [
    bind(operations.list, async ({ workspaceId, query }) => {
      const { rows, ...page } = await service.list(workspaceId, query)
      return { data: rows.map(presentContact), ...page }
    }),
    bind(operations.create, async ({ workspaceId, actor, body }) =>
      presentContact(await service.create(workspaceId, actor, body)),
    ),
    bind(operations.get, async ({ workspaceId, params }) =>
      presentContact(await service.get(workspaceId, idOf(params))),
    ),
    bind(operations.update, async ({ workspaceId, actor, params, body }) =>
      presentContact(await service.update(workspaceId, actor, idOf(params), body)),
    ),
    bind(operations.remove, async ({ workspaceId, actor, params }) => {
      await service.remove(workspaceId, actor, idOf(params))
      return undefined
    }),
    bind(operations.bulkUpdate, ({ workspaceId, actor, body }) =>
      service.bulkUpdate(workspaceId, actor, body.selection, body.change),
    ),
    bind(operations.bulkRemove, ({ workspaceId, actor, body }) =>
      service.bulkRemove(workspaceId, actor, body.selection, body.confirmCount),
    ),
    bind(operations.timeline, async ({ workspaceId, params, query, language }) => {
      const { rows, nextCursor } = await service.timeline(workspaceId, idOf(params), query)
      return { data: rows.map((row) => presentTimelineEntry(row, language)), nextCursor }
    }),
    bind(contactMergeOperations.merge, async ({ workspaceId, actor, params, body }) => {
      const { contact, merge } = await service.merge(workspaceId, actor, idOf(params), {
        ...body,
        otherId: body.otherId as ContactId,
      })
      return { contact: presentContact(contact), merge }
    }),
    bind(contactMergeOperations.list, async ({ workspaceId, params }) => ({
      data: await service.merges(workspaceId, idOf(params)),
    })),
    bind(contactMergeOperations.undo, async ({ workspaceId, actor, params }) => {
      const id = params.mergeId as ContactMergeId
      const { contact, restored, leftovers } = await service.undoMerge(workspaceId, actor, idOf(params), id)
      return { contact: presentContact(contact), restored: presentContact(restored), leftovers }
    }),
    bind(contactExportOperations.exportFile, async ({ workspaceId, actor, body, language }) => ({
      stream: await service.exportContacts(workspaceId, actor, body, language),
      contentType: exportTypes[body.format],
      fileName: `${language === 'id' ? 'kontak' : 'contacts'}.${body.format}`,
    })),
    bind(personDataOperations.export, ({ workspaceId, actor, params }) =>
      service.exportPerson(workspaceId, actor, idOf(params)),
    ),
  ]
}
