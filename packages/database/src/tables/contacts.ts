import type { SegmentRule } from '@siar/domain'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, instant, updatedAt, workspaceId } from './columns.ts'
import { workspace } from './identity.ts'

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
const ownedWorkspaceId = () => workspaceId().references(() => workspace.id, { onDelete: 'cascade' })

/** People in the address book. How to reach them stands in `addresses`, what they agreed to in `consents`. */
export const contacts = pgTable(
  'contacts',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    /** Its place among the bits of `membership_bits`; never used again. */
    number: integer('number').notNull().generatedAlwaysAsIdentity(),
    fullName: text('full_name').notNull().default(''),
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    email: text('email'),
    company: text('company'),
    language: text('language'),
    timeZone: text('time_zone'),
    source: text('source').notNull().default('manual'),
    notes: text('notes').notNull().default(''),
    /** Values of custom fields by the field's key. */
    custom: jsonb('custom').$type<Record<string, string | number | boolean>>().notNull().default({}),
    active: boolean('active').notNull().default(true),
    /** Derived from the ledger by a trigger: the newest row of `consents` with purpose marketing. */
    marketingConsent: text('marketing_consent')
      .$type<'unknown' | 'granted' | 'withdrawn'>()
      .notNull()
      .default('unknown'),
    lastContactedAt: instant('last_contacted_at'),
    /** The phones of `addresses`, oldest first, with spaces between; kept by a trigger. Set it along with a bulk insert. */
    phones: text('phones').notNull().default(''),
    /** What the search looks in: names, e-mail, company and phones in small letters. */
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(
        sql`lower(full_name || ' ' || coalesce(email, '') || ' ' || coalesce(company, '') || ' ' || phones)`,
      ),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('contacts_search_idx').using('gin', table.searchText.op('gin_trgm_ops')),
    index('contacts_workspace_created_idx').on(table.workspaceId, table.createdAt, table.id),
    index('contacts_workspace_name_idx').on(table.workspaceId, table.fullName, table.id),
  ],
)

export const addresses = pgTable(
  'addresses',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'phone' | 'user_id' | 'lid'>().notNull(),
    /** E.164 with "+" for phones. */
    value: text('value').notNull(),
    country: text('country'),
    isLandline: boolean('is_landline').notNull().default(false),
    /** What the last look-up said, and when; null when a phone was never looked up. */
    onWhatsapp: boolean('on_whatsapp'),
    onWhatsappAt: instant('on_whatsapp_at'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('addresses_workspace_value_uq').on(table.workspaceId, table.kind, table.value),
    index('addresses_contact_idx').on(table.contactId),
  ],
)

/**
 * Append-only; a database rule refuses updates and deletes by the tenant role. The lines of a statement become one link of a chain of
 * hashes, see `consent_links`: what is changed, added or removed behind the back of the product shows.
 */
export const consents = pgTable(
  'consents',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    contactId: text('contact_id').notNull(),
    purpose: text('purpose').$type<'marketing'>().notNull(),
    state: text('state').$type<'granted' | 'withdrawn'>().notNull(),
    /** Where it came from: import, manual, keyword, link, channel, api, attestation. */
    source: text('source').notNull(),
    /** How these people agreed, in the words of the member who recorded it, or the wording they saw. */
    wording: text('wording').notNull().default(''),
    evidence: jsonb('evidence').$type<Record<string, unknown>>().notNull().default({}),
    actor: text('actor').notNull(),
    at: instant('at').notNull().defaultNow(),
    /** The statement that wrote the line; null for lines from before the chain. Given by a trigger, never by the writer. */
    batch: bigint('batch', { mode: 'number' }).default(
      sql`nullif(current_setting('siar.consent_batch', true), '')::bigint`,
    ),
    /** Keeps the hashes of erased words from being guessed; erased with them. */
    salt: uuid('salt').defaultRandom(),
    /** What stays of words and evidence when a person is erased; null until then. */
    wordingHash: bytea('wording_hash'),
    evidenceHash: bytea('evidence_hash'),
  },
  (table) => [
    index('consents_contact_idx').on(table.workspaceId, table.contactId, table.at),
    index('consents_batch_idx').on(table.workspaceId, table.batch),
  ],
)

/** The end of a workspace's chain of consent links. Written by triggers only. */
export const consentChains = pgTable('consent_chains', {
  workspaceId: ownedWorkspaceId().primaryKey(),
  /** Of the last link; the first has 1. */
  seq: bigint('seq', { mode: 'number' }).notNull().default(0),
  /** Lines of the ledger in all links. */
  lines: bigint('lines', { mode: 'number' }).notNull().default(0),
  hash: bytea('hash')
    .notNull()
    .default(sql`''::bytea`),
})

/**
 * One link for the lines that one statement added to the ledger of a workspace, in the order of their commits. `hash` covers the lines
 * and the link before. Written by triggers only; `seq`, `hash` and `at` are filled in as the transaction commits.
 */
export const consentLinks = pgTable(
  'consent_links',
  {
    workspaceId: ownedWorkspaceId(),
    /** `batch` of its lines; 0 for the lines from before the chain. */
    batch: bigint('batch', { mode: 'number' }).notNull(),
    lines: integer('lines').notNull(),
    /** SHA-256 of the hashes of the lines, ordered by id. */
    linesHash: bytea('lines_hash').notNull(),
    seq: bigint('seq', { mode: 'number' }),
    hash: bytea('hash'),
    at: instant('at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.batch] }),
    uniqueIndex('consent_links_seq_uq').on(table.workspaceId, table.seq),
  ],
)

export const suppressions = pgTable(
  'suppressions',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    kind: text('kind').$type<'phone' | 'user_id' | 'lid'>().notNull(),
    value: text('value').notNull(),
    reason: text('reason').$type<'unsubscribed' | 'spam_report' | 'invalid' | 'manual'>().notNull(),
    note: text('note').notNull().default(''),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('suppressions_workspace_value_uq').on(table.workspaceId, table.kind, table.value)],
)

/**
 * The answer to an opt-out or opt-in by keyword, at most one a day for a person and kind. It is taken before it is sent and never sent
 * again after that, so a crash loses it rather than doubling it.
 */
export const keywordAnswers = pgTable(
  'keyword_answers',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    senderId: text('sender_id').notNull(),
    address: text('address').notNull(),
    keyword: text('keyword').$type<'opt_out' | 'opt_in'>().notNull(),
    state: text('state').$type<'due' | 'taken' | 'sent' | 'failed' | 'unknown'>().notNull().default('due'),
    at: instant('at').notNull(),
  },
  (table) => [
    index('keyword_answers_contact_idx').on(table.workspaceId, table.contactId, table.at),
    index('keyword_answers_due_idx')
      .on(table.at)
      .where(sql`state = 'due'`),
  ],
)

/**
 * Two contacts that became one. The loser's row is gone; its id goes on standing for the survivor until the merge is undone, in
 * old links, in the ledger and wherever somebody kept it.
 */
export const contactMerges = pgTable(
  'contact_merges',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    survivorId: text('survivor_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    loserId: text('loser_id').notNull(),
    /** Shape: `MergeRecord` of the contacts feature; null once it can no longer be undone. */
    record: jsonb('record').$type<Record<string, unknown>>(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    undoUntil: instant('undo_until').notNull(),
  },
  (table) => [
    uniqueIndex('contact_merges_loser_uq').on(table.workspaceId, table.loserId),
    index('contact_merges_survivor_idx').on(table.survivorId),
    index('contact_merges_undo_idx')
      .on(table.undoUntil)
      .where(sql`record is not null`),
  ],
)

export const lists = pgTable(
  'lists',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('lists_workspace_name_uq').on(table.workspaceId, sql`lower(${table.name})`)],
)

export const listMembers = pgTable(
  'list_members',
  {
    workspaceId: workspaceId(),
    listId: text('list_id')
      .notNull()
      .references(() => lists.id, { onDelete: 'cascade' }),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.listId, table.contactId] }),
    index('list_members_contact_idx').on(table.contactId),
  ],
)

export const tags = pgTable(
  'tags',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    name: text('name').notNull(),
    colour: text('colour').notNull().default('stone'),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('tags_workspace_name_uq').on(table.workspaceId, sql`lower(${table.name})`)],
)

export const contactTags = pgTable(
  'contact_tags',
  {
    workspaceId: workspaceId(),
    tagId: text('tag_id')
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.tagId, table.contactId] }),
    index('contact_tags_contact_idx').on(table.contactId),
  ],
)

/**
 * Who has a tag or is in a list, as bits for counting; kept by triggers of `contact_tags` and `list_members`. A block has a bit for each of
 * 8,192 numbers of contacts, least bit first; without its row nobody of them belongs. Bits of contacts that are gone mean nothing.
 */
export const membershipBits = pgTable(
  'membership_bits',
  {
    workspaceId: workspaceId(),
    /** A tag or a list. */
    groupId: text('group_id').notNull(),
    /** `number / 8192` of its contacts. */
    block: integer('block').notNull(),
    bits: bytea('bits').notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.block] })],
)

export const customFields = pgTable(
  'custom_fields',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    /** Lower-case name used in `{name}`; may contain spaces. */
    key: text('key').notNull(),
    label: text('label').notNull(),
    type: text('type').$type<'text' | 'number' | 'date' | 'choice' | 'yes_no'>().notNull().default('text'),
    choices: jsonb('choices').$type<string[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('custom_fields_workspace_key_uq').on(table.workspaceId, table.key)],
)

/** Saved rules about contacts. */
export const segments = pgTable(
  'segments',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    /** Shape: `SegmentRule` of the domain. What it names may have been deleted since. */
    rule: jsonb('rule').$type<SegmentRule>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex('segments_workspace_name_uq').on(table.workspaceId, sql`lower(${table.name})`)],
)

/** Filter, order and columns of the contact list under a name: of one member, or of all. */
export const contactViews = pgTable(
  'contact_views',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    name: text('name').notNull(),
    shared: boolean('shared').notNull().default(false),
    /** Shape: `ContactViewFilter` of the contract. What it names may have been deleted since. */
    filter: jsonb('filter').$type<Record<string, unknown>>().notNull().default({}),
    sort: text('sort').$type<'newest' | 'name'>().notNull().default('newest'),
    columns: jsonb('columns').$type<string[]>().notNull().default([]),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('contact_views_name_uq').on(table.workspaceId, table.createdBy, sql`lower(${table.name})`),
  ],
)

export const imports = pgTable(
  'imports',
  {
    id: text('id').primaryKey(),
    workspaceId: ownedWorkspaceId(),
    fileName: text('file_name').notNull(),
    format: text('format')
      .$type<'csv' | 'txt' | 'xlsx' | 'google' | 'vcard' | 'paste' | 'address_book' | 'group'>()
      .notNull(),
    /** Empty once the file is removed, when the workspace keeps it no longer. */
    storageKey: text('storage_key').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    /** Encoding, delimiter, header row, columns and guesses; shape: `ImportLayout` of the contract. */
    layout: jsonb('layout').$type<Record<string, unknown>>().notNull(),
    /** Chosen mapping, consent words, lists, tags, update rule; shape: `ImportOptions` of the contract. */
    options: jsonb('options').$type<Record<string, unknown>>(),
    status: text('status')
      .$type<'uploaded' | 'running' | 'completed' | 'failed' | 'cancelled'>()
      .notNull()
      .default('uploaded'),
    error: text('error'),
    /** Physical rows estimated from the file's size until it is finished. */
    rowsEstimated: integer('rows_estimated').notNull().default(0),
    /** Rows committed so far; a restart continues behind them. */
    rowsDone: integer('rows_done').notNull().default(0),
    valid: integer('valid').notNull().default(0),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    duplicates: integer('duplicates').notNull().default(0),
    invalid: integer('invalid').notNull().default(0),
    /** People of the file who had opted out; their consent was not changed. */
    optedOut: integer('opted_out').notNull().default(0),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [index('imports_workspace_created_idx').on(table.workspaceId, table.createdAt)],
)

/** One line for each row of an import that made no contact, with its reason. */
export const importRejects = pgTable(
  'import_rejects',
  {
    workspaceId: workspaceId(),
    importId: text('import_id')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    /** Physical row of the file, from 1, the header included. */
    row: integer('row').notNull(),
    kind: text('kind').$type<'duplicate' | 'invalid'>().notNull(),
    reason: text('reason').notNull(),
    /** The cells as they stood in the file. */
    cells: jsonb('cells').$type<string[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.row] })],
)
