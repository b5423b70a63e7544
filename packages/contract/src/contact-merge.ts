import { z } from 'zod'
import { Contact } from './contacts.ts'
import { defineOperation } from './operation.ts'
import { idOf, instant, listOf } from './shapes.ts'

/** Values of which a person has one; for each the survivor's stays unless it is taken from the other. */
export const MERGE_VALUES = ['name', 'email', 'company', 'language', 'timeZone'] as const
/** What undoing a merge could not put back, because something newer stands against it. */
export const MERGE_LEFTOVERS = [
  'values',
  'addresses',
  'tags',
  'messages',
  'conversations',
  'recipients',
  'consent',
] as const

export const ContactMerge = z
  .object({
    id: z.string(),
    /** The name that the contact which was taken in had. */
    name: z.string(),
    mergedAt: instant,
    /** Until when it can be undone; null when it no longer can. */
    undoUntil: instant.nullable(),
  })
  .meta({ id: 'ContactMerge' })

const contactParams = z.object({ contactId: idOf('con') })

export const contactMergeOperations = {
  merge: defineOperation({
    id: 'contacts.merge',
    method: 'POST',
    path: '/api/v1/contacts/:contactId/merge',
    summary: 'Take another contact into this one; an opt-out of either holds for both',
    access: 'contacts.write',
    params: contactParams,
    body: z.object({
      otherId: idOf('con'),
      /** Values taken from the other. What only one of them has stays anyway. */
      take: z.array(z.enum(MERGE_VALUES)).max(MERGE_VALUES.length).default([]),
      /** Keys of custom fields whose values are taken from the other. */
      takeCustom: z.array(z.string().max(60)).max(200).default([]),
    }),
    response: z.object({ contact: Contact, merge: ContactMerge }),
  }),
  list: defineOperation({
    id: 'contacts.listMerges',
    method: 'GET',
    path: '/api/v1/contacts/:contactId/merges',
    summary: 'The contacts that this one has taken in, newest first',
    access: 'workspace.read',
    params: contactParams,
    response: listOf(ContactMerge),
  }),
  undo: defineOperation({
    id: 'contacts.undoMerge',
    method: 'POST',
    path: '/api/v1/contacts/:contactId/merges/:mergeId/undo',
    summary: 'Make two contacts of one again, within seven days of the merge',
    access: 'contacts.write',
    params: contactParams.extend({ mergeId: idOf('mrg') }),
    response: z.object({
      contact: Contact,
      restored: Contact,
      /** What stays as it is. */
      leftovers: z.array(z.enum(MERGE_LEFTOVERS)),
    }),
  }),
} as const
