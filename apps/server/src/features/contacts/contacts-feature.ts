import type { Core } from '../../core.ts'
import type { Binding } from '../../http/binding.ts'
import { createConsentLedger } from '../consent/index.ts'
import { createContactBulkService } from './contact-bulk.service.ts'
import { contactBindings } from './contacts.routes.ts'
import { createContactService } from './contacts.service.ts'
import { createContactExportService } from './export/contact-export.service.ts'
import { createCustomFieldService } from './custom-fields.service.ts'
import { groupBindings } from './groups.routes.ts'
import { createGroupService } from './groups.service.ts'
import { createMergeService } from './merge/merge.service.ts'
import { createPersonDataService } from './person-data.service.ts'
import { contactViewBindings } from './views/contact-views.routes.ts'
import { createContactViewService } from './views/contact-views.service.ts'
import { createTimelineService } from './timeline.service.ts'

export type ContactsService = ReturnType<typeof createContactsService>

/** The whole address book: contacts, with their tags and lists in `groups` and their custom fields in `customFields`. */
export function createContactsService(core: Core) {
  const ledger = createConsentLedger(core)
  return {
    ...createContactService(core, { ledger }),
    ...createMergeService(core, { ledger }),
    ...createContactBulkService(core),
    ...createTimelineService(core),
    ...createContactExportService(core),
    ...createPersonDataService(core),
    groups: createGroupService(core),
    views: createContactViewService(core),
    customFields: createCustomFieldService(core),
  }
}

export function contactsBindings(service: ContactsService): Binding[] {
  return [
    ...contactBindings(service),
    ...groupBindings(service.groups, service.customFields),
    ...contactViewBindings(service.views),
  ]
}
