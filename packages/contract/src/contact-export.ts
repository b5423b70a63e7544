import { z } from 'zod'
import { contactSelection } from './contacts.ts'
import { defineOperation } from './operation.ts'

/** What an export can tell of a person; `custom:<key>` is a custom field. */
export const CONTACT_COLUMNS = [
  'fullName',
  'firstName',
  'lastName',
  'phone',
  'otherPhones',
  'whatsappId',
  'email',
  'company',
  'language',
  'timeZone',
  'consent',
  'suppressed',
  'tags',
  'lists',
  'notes',
  'source',
  'active',
  'lastContactedAt',
  'createdAt',
] as const
export type ContactColumn = (typeof CONTACT_COLUMNS)[number]

export const contactColumn = z.union([z.enum(CONTACT_COLUMNS), z.string().regex(/^custom:.{1,60}$/)])

export const contactExportOperations = {
  exportFile: defineOperation({
    id: 'contacts.exportFile',
    method: 'POST',
    path: '/api/v1/contacts/export',
    summary: 'Contacts as a file for spreadsheets (CSV or XLSX), streamed; the file can be imported again',
    access: 'data.export',
    body: z.object({
      selection: contactSelection,
      format: z.enum(['csv', 'xlsx']).default('csv'),
      /** In this order; each once. */
      columns: z.array(contactColumn).min(1).max(200),
    }),
    produces: 'application/octet-stream',
    response: z.string(),
  }),
} as const
