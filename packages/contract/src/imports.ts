import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { idOf, instant, noContent, pageOf, pageQuery } from './shapes.ts'

/**
 * Where a column of a file goes; `custom:<key>` is a custom field, `new:<label>` makes one. `phone` and, behind it, any number of
 * `other_phone` hold numbers of one person: the first valid one is the main one. `whatsapp_id` is the id (LID) under which WhatsApp
 * shows a person who hides the number; it stands in for one where a row has none.
 */
export const importTarget = z
  .string()
  .regex(
    /^(phone|other_phone|whatsapp_id|full_name|first_name|middle_name|last_name|email|company|language|notes|tags|ignore|custom:.{1,60}|new:.{1,60})$/,
  )

/** What was found out about an uploaded file. */
export const ImportLayout = z
  .object({
    encoding: z.string(),
    delimiter: z.string().nullable(),
    /** The sheet of a workbook that was read: the first one that holds anything. */
    sheet: z.string().optional(),
    hasHeader: z.boolean(),
    columns: z.array(
      z.object({
        index: z.number().int(),
        header: z.string(),
        samples: z.array(z.string()),
        guess: importTarget,
      }),
    ),
  })
  .meta({ id: 'ImportLayout' })
export type ImportLayout = z.output<typeof ImportLayout>

export const ImportOptions = z
  .object({
    /** Target of each column, in the file's order. Exactly one column is `phone`; no target twice, save `other_phone` and `ignore`. */
    mapping: z.array(importTarget).min(1).max(500),
    hasHeader: z.boolean(),
    /** How these people agreed to get marketing; empty leaves their consent unknown. Refused for people taken from a sender. */
    consentWording: z.string().trim().max(1000).default(''),
    /** What happens to people who are there already. */
    existing: z.enum(['keep', 'overwrite', 'fill_empty']).default('fill_empty'),
    listIds: z.array(idOf('lst')).max(20).default([]),
    /** A list made for these people. */
    newListName: z.string().trim().max(120).default(''),
    tagIds: z.array(idOf('tag')).max(20).default([]),
  })
  .meta({ id: 'ImportOptions' })
export type ImportOptions = z.output<typeof ImportOptions>

export const Import = z
  .object({
    id: z.string(),
    fileName: z.string(),
    /**
     * What the file was recognised as, whatever its name; `google` is a CSV export of Google Contacts. `address_book` and `group`
     * came from a sender; `fileName` is then the name of the sender or of the group.
     */
    format: z.enum(['csv', 'txt', 'xlsx', 'google', 'vcard', 'paste', 'address_book', 'group']),
    sizeBytes: z.number().int(),
    status: z.enum(['uploaded', 'running', 'completed', 'failed', 'cancelled']),
    /** Why it failed, as an error code with its text. */
    error: z.string().nullable(),
    layout: ImportLayout,
    options: ImportOptions.nullable(),
    rowsEstimated: z.number().int(),
    rowsDone: z.number().int(),
    /** total = valid + duplicates + invalid once it is completed. */
    valid: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    duplicates: z.number().int(),
    invalid: z.number().int(),
    /** Of the valid: people who had opted out; the file did not change their consent. */
    optedOut: z.number().int(),
    /** Its file and unused rows were removed after the time the workspace keeps them. */
    isEmptied: z.boolean(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Import' })
export type Import = z.output<typeof Import>

export const ImportPreviewRow = z.object({
  row: z.number().int(),
  cells: z.array(z.string()),
  kind: z.enum(['valid', 'duplicate', 'invalid']),
  phone: z.string().nullable(),
  reason: z.string().nullable(),
})

const importParams = z.object({ importId: idOf('imp') })

export const importOperations = {
  upload: defineOperation({
    id: 'imports.upload',
    method: 'POST',
    path: '/api/v1/imports',
    summary: 'Upload a file of contacts (CSV, TXT, XLSX, Google Contacts, vCard); nothing is imported yet',
    access: 'contacts.write',
    upload: true,
    idempotent: true,
    status: 201,
    response: Import,
  }),
  paste: defineOperation({
    id: 'imports.paste',
    method: 'POST',
    path: '/api/v1/imports/paste',
    summary: 'Paste numbers or rows instead of a file; nothing is imported yet',
    access: 'contacts.write',
    body: z.object({ text: z.string().min(1).max(2_000_000) }),
    idempotent: true,
    status: 201,
    response: Import,
  }),
  fromSender: defineOperation({
    id: 'imports.fromSender',
    method: 'POST',
    path: '/api/v1/imports/from-sender',
    summary:
      'Take the people a sender knows instead of a file: its address book or a group; nothing is imported yet',
    access: 'contacts.write',
    body: z.object({
      senderId: idOf('snd'),
      /** One of `senders.listGroups`; null takes the address book. */
      groupId: z.string().min(1).max(200).nullable().default(null),
    }),
    idempotent: true,
    status: 201,
    response: Import,
  }),
  list: defineOperation({
    id: 'imports.list',
    method: 'GET',
    path: '/api/v1/imports',
    summary: 'Imports, newest first',
    access: 'workspace.read',
    query: pageQuery,
    response: pageOf(Import),
  }),
  get: defineOperation({
    id: 'imports.get',
    method: 'GET',
    path: '/api/v1/imports/:importId',
    summary: 'One import with its progress',
    access: 'workspace.read',
    params: importParams,
    response: Import,
  }),
  preview: defineOperation({
    id: 'imports.preview',
    method: 'POST',
    path: '/api/v1/imports/:importId/preview',
    summary: 'The first rows under a mapping, with every kind of problem marked',
    access: 'contacts.write',
    params: importParams,
    body: ImportOptions.pick({ mapping: true, hasHeader: true }),
    response: z.object({
      rows: z.array(ImportPreviewRow),
      /** Counts over the rows looked at (up to 2,000). */
      looked: z.number().int(),
      valid: z.number().int(),
      duplicates: z.number().int(),
      invalid: z.number().int(),
    }),
  }),
  start: defineOperation({
    id: 'imports.start',
    method: 'POST',
    path: '/api/v1/imports/:importId/start',
    summary: 'Run an import in the background',
    access: 'contacts.write',
    params: importParams,
    body: ImportOptions,
    idempotent: true,
    status: 202,
    response: Import,
  }),
  cancel: defineOperation({
    id: 'imports.cancel',
    method: 'POST',
    path: '/api/v1/imports/:importId/cancel',
    summary: 'Stop an import; rows already imported stay',
    access: 'contacts.write',
    params: importParams,
    response: Import,
  }),
  remove: defineOperation({
    id: 'imports.remove',
    method: 'DELETE',
    path: '/api/v1/imports/:importId',
    summary: 'Forget an import and its file; the contacts stay',
    access: 'contacts.write',
    params: importParams,
    status: 204,
    response: noContent,
  }),
  rejects: defineOperation({
    id: 'imports.rejects',
    method: 'GET',
    path: '/api/v1/imports/:importId/rejects',
    summary: 'Rejected and duplicate rows with their reasons, as CSV',
    access: 'contacts.write',
    params: importParams,
    produces: 'text/csv',
    response: z.string(),
  }),
} as const
