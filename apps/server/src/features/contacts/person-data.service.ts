import type { PersonData } from '@siar/contract'
import type { ContactId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { presentContact } from './contacts.present.ts'
import { findContact } from './contacts.repo.ts'
import { presentPersonData } from './person-data.present.ts'
import { loadPersonData } from './person-data.repo.ts'

/** What is kept about one person, for that person to have. */
export function createPersonDataService(core: Core) {
  return {
    /** Everything about one contact, read at one instant. Leaves a line in the audit log. @throws AppError `not_found`. */
    exportPerson: (workspaceId: WorkspaceId, actor: Actor, id: ContactId): Promise<PersonData> =>
      core.inWorkspace(workspaceId, async (scope) => {
        const contact = await findContact(scope, id)
        if (contact === null) throw new AppError('not_found')
        const data = await loadPersonData(scope, id)
        await core.audit(scope, { actor, action: 'contact.export_person', subjectId: id })
        return {
          exportedAt: core.now().toISOString(),
          contact: presentContact(contact),
          ...presentPersonData(data),
        }
      }),
  }
}
