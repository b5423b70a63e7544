import { z } from 'zod'
import { CONSENT_STATES } from './contacts.ts'
import { defineOperation } from './operation.ts'
import { idOf, listOf, noContent } from './shapes.ts'

export const ContactViewFilter = z
  .object({
    search: z.string().trim().max(200).optional(),
    listId: idOf('lst').optional(),
    tagId: idOf('tag').optional(),
    segmentId: idOf('seg').optional(),
    consent: z.enum(CONSENT_STATES).optional(),
    suppressed: z.boolean().optional(),
  })
  .meta({ id: 'ContactViewFilter' })
export type ContactViewFilter = z.output<typeof ContactViewFilter>

const name = z.string().trim().min(1).max(80)
const columns = z.array(z.string().min(1).max(80)).max(100)
const sort = z.enum(['newest', 'name'])

/** Filter, order and columns of the contact list under a name. */
export const SavedContactView = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Everybody in the workspace has it; otherwise only who made it. */
    shared: z.boolean(),
    isOwn: z.boolean(),
    filter: ContactViewFilter,
    sort,
    /** Columns of the list that show, in no order; the name always does. */
    columns: z.array(z.string()),
  })
  .meta({ id: 'SavedContactView' })
export type SavedContactView = z.output<typeof SavedContactView>

export const contactViewOperations = {
  list: defineOperation({
    id: 'contactViews.list',
    method: 'GET',
    path: '/api/v1/contact-views',
    summary: 'Saved views of the contact list: those of the workspace and your own',
    access: 'workspace.read',
    response: listOf(SavedContactView),
  }),
  create: defineOperation({
    id: 'contactViews.create',
    method: 'POST',
    path: '/api/v1/contact-views',
    summary: 'Save filter, order and columns of the contact list under a name',
    access: 'contacts.write',
    body: z.object({
      name,
      shared: z.boolean().default(false),
      filter: ContactViewFilter,
      sort: sort.default('newest'),
      columns,
    }),
    status: 201,
    response: SavedContactView,
  }),
  remove: defineOperation({
    id: 'contactViews.remove',
    method: 'DELETE',
    path: '/api/v1/contact-views/:viewId',
    summary: 'Delete a saved view, your own or one of the workspace; the contacts stay',
    access: 'contacts.write',
    params: z.object({ viewId: idOf('viw') }),
    status: 204,
    response: noContent,
  }),
} as const
