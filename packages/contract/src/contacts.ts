import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { flag, idOf, instant, listOf, noContent, pageOf, pageQuery } from './shapes.ts'

export const TAG_COLOURS = ['stone', 'teal', 'sky', 'indigo', 'emerald', 'amber', 'rose', 'violet'] as const
export const CONSENT_STATES = ['unknown', 'granted', 'withdrawn'] as const
export const SUPPRESSION_REASONS = ['unsubscribed', 'spam_report', 'invalid', 'manual'] as const

export const Tag = z
  .object({ id: z.string(), name: z.string(), colour: z.enum(TAG_COLOURS), contacts: z.number().int() })
  .meta({ id: 'Tag' })
export const List = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    contacts: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'List' })
export const CustomField = z
  .object({
    id: z.string(),
    key: z.string(),
    label: z.string(),
    type: z.enum(['text', 'number', 'date', 'choice', 'yes_no']),
    choices: z.array(z.string()),
  })
  .meta({ id: 'CustomField' })

const reference = z.object({ id: z.string(), name: z.string() })

export const Contact = z
  .object({
    id: z.string(),
    fullName: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    /** E.164; null for people known by a WhatsApp id only. */
    phone: z.string().nullable(),
    isLandline: z.boolean(),
    email: z.string().nullable(),
    company: z.string().nullable(),
    language: z.string().nullable(),
    timeZone: z.string().nullable(),
    source: z.string(),
    notes: z.string(),
    custom: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    active: z.boolean(),
    marketingConsent: z.enum(CONSENT_STATES),
    suppressed: z.enum(SUPPRESSION_REASONS).nullable(),
    tags: z.array(reference.extend({ colour: z.string() })),
    lists: z.array(reference),
    lastContactedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Contact' })
export type Contact = z.output<typeof Contact>

const name = z.string().trim().max(200)
const ContactFields = z.object({
  fullName: name.optional(),
  firstName: name.optional(),
  lastName: name.optional(),
  email: z
    .union([z.email().max(254), z.literal('')])
    .nullable()
    .optional(),
  company: name.nullable().optional(),
  language: z.enum(['id', 'en']).nullable().optional(),
  timeZone: z.string().max(64).nullable().optional(),
  notes: z.string().max(5000).optional(),
  custom: z.record(z.string().max(60), z.union([z.string().max(1000), z.number(), z.boolean()])).optional(),
  active: z.boolean().optional(),
  tagIds: z.array(idOf('tag')).max(100).optional(),
  listIds: z.array(idOf('lst')).max(100).optional(),
})

export const Consent = z
  .object({
    id: z.string(),
    purpose: z.literal('marketing'),
    state: z.enum(['granted', 'withdrawn']),
    source: z.string(),
    wording: z.string(),
    evidence: z.record(z.string(), z.unknown()),
    actor: z.string(),
    at: instant,
  })
  .meta({ id: 'Consent' })

export const Suppression = z
  .object({
    id: z.string(),
    kind: z.enum(['phone', 'user_id', 'lid']),
    value: z.string(),
    reason: z.enum(SUPPRESSION_REASONS),
    note: z.string(),
    contactId: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Suppression' })

export const TimelineEntry = z
  .object({
    kind: z.enum(['consent', 'message_out', 'message_in', 'campaign', 'import', 'suppression', 'created']),
    title: z.string(),
    detail: z.string(),
    status: z.string().nullable(),
    at: instant,
  })
  .meta({ id: 'TimelineEntry' })

const contactParams = z.object({ contactId: idOf('con') })
export const contactFilter = z.object({
  /** Part of a name, number, e-mail or company. */
  search: z.string().trim().max(200).optional(),
  listId: idOf('lst').optional(),
  tagId: idOf('tag').optional(),
  consent: z.enum(CONSENT_STATES).optional(),
  suppressed: flag.optional(),
  /** Who belongs to this segment now. */
  segmentId: idOf('seg').optional(),
})

export const contactSelection = z.union([
  z.object({ contactIds: z.array(idOf('con')).min(1).max(1000) }),
  /** Everybody the filter finds, also beyond the page on screen. */
  z.object({ filter: contactFilter }),
])

export const contactOperations = {
  list: defineOperation({
    id: 'contacts.list',
    method: 'GET',
    path: '/api/v1/contacts',
    summary: 'Contacts with search and filters',
    access: 'workspace.read',
    query: pageQuery
      .extend(contactFilter.shape)
      .extend({ sort: z.enum(['newest', 'name']).default('newest') }),
    response: pageOf(Contact).extend({
      total: z.number().int(),
      /** False when there are more than were counted: say "more than `total`". */
      totalIsExact: z.boolean(),
    }),
  }),
  create: defineOperation({
    id: 'contacts.create',
    method: 'POST',
    path: '/api/v1/contacts',
    summary: 'Add one contact',
    access: 'contacts.write',
    body: ContactFields.extend({
      phone: z.string().trim().min(3).max(40),
      /** How this person agreed to marketing; without it consent stays unknown. */
      consentWording: z.string().trim().max(1000).optional(),
    }),
    status: 201,
    response: Contact,
  }),
  get: defineOperation({
    id: 'contacts.get',
    method: 'GET',
    path: '/api/v1/contacts/:contactId',
    summary: 'One contact',
    access: 'workspace.read',
    params: contactParams,
    response: Contact,
  }),
  update: defineOperation({
    id: 'contacts.update',
    method: 'PATCH',
    path: '/api/v1/contacts/:contactId',
    summary: 'Change a contact',
    access: 'contacts.write',
    params: contactParams,
    body: ContactFields.extend({ phone: z.string().trim().min(3).max(40).optional() }),
    response: Contact,
  }),
  remove: defineOperation({
    id: 'contacts.remove',
    method: 'DELETE',
    path: '/api/v1/contacts/:contactId',
    summary: 'Delete one contact; a suppression of its address stays',
    access: 'contacts.write',
    params: contactParams,
    status: 204,
    response: noContent,
  }),
  bulkUpdate: defineOperation({
    id: 'contacts.bulkUpdate',
    method: 'POST',
    path: '/api/v1/contacts/bulk-update',
    summary: 'Tag, list or activate many contacts at once',
    access: 'contacts.write',
    body: z.object({
      selection: contactSelection,
      change: z.object({
        addTagIds: z.array(idOf('tag')).optional(),
        removeTagIds: z.array(idOf('tag')).optional(),
        addListIds: z.array(idOf('lst')).optional(),
        removeListIds: z.array(idOf('lst')).optional(),
        active: z.boolean().optional(),
      }),
    }),
    response: z.object({ contacts: z.number().int() }),
  }),
  bulkRemove: defineOperation({
    id: 'contacts.bulkRemove',
    method: 'POST',
    path: '/api/v1/contacts/bulk-remove',
    summary: 'Delete many contacts',
    access: 'data.delete',
    body: z.object({ selection: contactSelection, confirmCount: z.number().int().min(0) }),
    response: z.object({ contacts: z.number().int() }),
  }),
  timeline: defineOperation({
    id: 'contacts.timeline',
    method: 'GET',
    path: '/api/v1/contacts/:contactId/timeline',
    summary: 'What happened with this contact, newest first',
    access: 'workspace.read',
    params: contactParams,
    query: pageQuery,
    response: pageOf(TimelineEntry),
  }),
  listConsents: defineOperation({
    id: 'consents.list',
    method: 'GET',
    path: '/api/v1/contacts/:contactId/consents',
    summary: 'The consent ledger of one contact',
    access: 'workspace.read',
    params: contactParams,
    response: listOf(Consent),
  }),
  recordConsent: defineOperation({
    id: 'consents.record',
    method: 'POST',
    path: '/api/v1/contacts/:contactId/consents',
    summary: 'Record that a contact granted or withdrew consent',
    access: 'contacts.write',
    params: contactParams,
    body: z.object({ state: z.enum(['granted', 'withdrawn']), wording: z.string().trim().min(3).max(1000) }),
    status: 201,
    response: Consent,
  }),
  optOut: defineOperation({
    id: 'contacts.optOut',
    method: 'POST',
    path: '/api/v1/contacts/:contactId/opt-out',
    summary: 'Opt a contact out: consent withdrawn and address suppressed',
    access: 'inbox.answer',
    params: contactParams,
    body: z.object({ note: z.string().trim().max(500).default('') }),
    response: z.object({ suppressed: z.number().int() }),
  }),
  listTags: defineOperation({
    id: 'tags.list',
    method: 'GET',
    path: '/api/v1/tags',
    summary: 'Tags with the number of contacts',
    access: 'workspace.read',
    response: listOf(Tag),
  }),
  createTag: defineOperation({
    id: 'tags.create',
    method: 'POST',
    path: '/api/v1/tags',
    summary: 'Make a tag',
    access: 'contacts.write',
    body: z.object({ name: z.string().trim().min(1).max(60), colour: z.enum(TAG_COLOURS).default('stone') }),
    status: 201,
    response: Tag,
  }),
  removeTag: defineOperation({
    id: 'tags.remove',
    method: 'DELETE',
    path: '/api/v1/tags/:tagId',
    summary: 'Delete a tag; the contacts stay',
    access: 'contacts.write',
    params: z.object({ tagId: idOf('tag') }),
    status: 204,
    response: noContent,
  }),
  listLists: defineOperation({
    id: 'lists.list',
    method: 'GET',
    path: '/api/v1/lists',
    summary: 'Lists with the number of contacts',
    access: 'workspace.read',
    response: listOf(List),
  }),
  createList: defineOperation({
    id: 'lists.create',
    method: 'POST',
    path: '/api/v1/lists',
    summary: 'Make a list',
    access: 'contacts.write',
    body: z.object({
      name: z.string().trim().min(1).max(120),
      description: z.string().trim().max(500).default(''),
    }),
    status: 201,
    response: List,
  }),
  updateList: defineOperation({
    id: 'lists.update',
    method: 'PATCH',
    path: '/api/v1/lists/:listId',
    summary: 'Rename a list',
    access: 'contacts.write',
    params: z.object({ listId: idOf('lst') }),
    body: z.object({
      name: z.string().trim().min(1).max(120).optional(),
      description: z.string().trim().max(500).optional(),
    }),
    response: List,
  }),
  removeList: defineOperation({
    id: 'lists.remove',
    method: 'DELETE',
    path: '/api/v1/lists/:listId',
    summary: 'Delete a list; the contacts stay',
    access: 'contacts.write',
    params: z.object({ listId: idOf('lst') }),
    status: 204,
    response: noContent,
  }),
  listCustomFields: defineOperation({
    id: 'customFields.list',
    method: 'GET',
    path: '/api/v1/custom-fields',
    summary: 'Custom fields of contacts',
    access: 'workspace.read',
    response: listOf(CustomField),
  }),
  createCustomField: defineOperation({
    id: 'customFields.create',
    method: 'POST',
    path: '/api/v1/custom-fields',
    summary: 'Make a custom field',
    access: 'contacts.write',
    body: z.object({
      label: z.string().trim().min(1).max(60),
      type: z.enum(['text', 'number', 'date', 'choice', 'yes_no']).default('text'),
      choices: z.array(z.string().trim().min(1).max(60)).max(100).default([]),
    }),
    status: 201,
    response: CustomField,
  }),
  removeCustomField: defineOperation({
    id: 'customFields.remove',
    method: 'DELETE',
    path: '/api/v1/custom-fields/:customFieldId',
    summary: 'Delete a custom field and its values',
    access: 'contacts.write',
    params: z.object({ customFieldId: idOf('fld') }),
    status: 204,
    response: noContent,
  }),
  listSuppressions: defineOperation({
    id: 'suppressions.list',
    method: 'GET',
    path: '/api/v1/suppressions',
    summary: 'Addresses that must not be messaged',
    access: 'workspace.read',
    query: pageQuery.extend({
      search: z.string().trim().max(100).optional(),
      reason: z.enum(SUPPRESSION_REASONS).optional(),
    }),
    response: pageOf(Suppression).extend({ total: z.number().int() }),
  }),
  addSuppression: defineOperation({
    id: 'suppressions.create',
    method: 'POST',
    path: '/api/v1/suppressions',
    summary: 'Suppress a number',
    access: 'inbox.answer',
    body: z.object({ phone: z.string().trim().min(3).max(40), note: z.string().trim().max(500).default('') }),
    status: 201,
    response: Suppression,
  }),
  importSuppressions: defineOperation({
    id: 'suppressions.import',
    method: 'POST',
    path: '/api/v1/suppressions/import',
    summary: 'Suppress every number of a text: one a line, or CSV; at most 50,000',
    access: 'contacts.write',
    body: z.object({
      text: z.string().trim().min(3).max(3_000_000),
      /** For numbers whose row has none. */
      note: z.string().trim().max(500).default(''),
    }),
    response: z.object({
      added: z.number().int(),
      /** On the list before; they keep their reason. */
      already: z.number().int(),
      /** Lines with a number that stood further up. */
      repeated: z.number().int(),
      rejected: z.number().int(),
      /** The first 200 lines that hold no number, with the reason. */
      rejects: z.array(z.object({ row: z.number().int(), text: z.string(), reason: z.string() })),
    }),
    idempotent: true,
  }),
  exportSuppressions: defineOperation({
    id: 'suppressions.export',
    method: 'GET',
    path: '/api/v1/suppressions/export',
    summary: 'The suppression list as CSV',
    access: 'data.export',
    produces: 'text/csv',
    response: z.string(),
  }),
  removeSuppression: defineOperation({
    id: 'suppressions.remove',
    method: 'DELETE',
    path: '/api/v1/suppressions/:suppressionId',
    summary: 'Allow an address again, with the reason why',
    access: 'contacts.write',
    params: z.object({ suppressionId: idOf('sup') }),
    query: z.object({ reason: z.string().trim().min(3).max(500) }),
    status: 204,
    response: noContent,
  }),
} as const
