import type { ApprovalStatus, MetaTemplateCategory } from '@siar/domain'
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { createdAt, instant, updatedAt, workspaceId } from './columns.ts'
import { workspace } from './identity.ts'

export const media = pgTable(
  'media',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspace.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'image' | 'document'>().notNull(),
    fileName: text('file_name').notNull(),
    mimeType: text('mime_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    originalSizeBytes: integer('original_size_bytes').notNull(),
    width: integer('width'),
    height: integer('height'),
    sha256: text('sha256').notNull(),
    storageKey: text('storage_key').notNull(),
    thumbnailKey: text('thumbnail_key'),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('media_workspace_created_idx').on(table.workspaceId, table.createdAt)],
)

export const templates = pgTable(
  'templates',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspace.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    category: text('category')
      .$type<'marketing' | 'promotion' | 'greeting' | 'announcement' | 'reminder' | 'service'>()
      .notNull(),
    /** Message text by language; at least one is present. */
    texts: jsonb('texts').$type<{ id?: string; en?: string }>().notNull(),
    /** Names in its texts that a campaign gives values for. */
    campaignVariables: jsonb('campaign_variables').$type<string[]>().notNull().default([]),
    footer: text('footer').notNull().default(''),
    mediaId: text('media_id').references(() => media.id, { onDelete: 'restrict' }),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('templates_workspace_name_uq').on(table.workspaceId, sql`lower(${table.name})`),
    index('templates_media_idx').on(table.mediaId),
  ],
)

/**
 * One text of a template as it was submitted to one WhatsApp Business account of Meta, and what became of it. A text that
 * was changed since is another submission; the old row goes on to serve runs that started with the old text.
 */
export const templateApprovals = pgTable(
  'template_approvals',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspace.id, { onDelete: 'cascade' }),
    templateId: text('template_id')
      .notNull()
      .references(() => templates.id, { onDelete: 'cascade' }),
    /** The language of the text in Siar. */
    language: text('language').$type<'id' | 'en'>().notNull(),
    wabaId: text('waba_id').notNull(),
    /** Name and language by which Meta knows it; the name belongs to this row alone. */
    name: text('name').notNull(),
    remoteLanguage: text('remote_language').notNull(),
    /** Null until Meta answered. */
    remoteId: text('remote_id'),
    status: text('status').$type<ApprovalStatus>().notNull(),
    /** Meta's own code or sentence for the status; null where it gave none. */
    reason: text('reason'),
    statusAt: instant('status_at').notNull(),
    categoryAsked: text('category_asked').$type<MetaTemplateCategory>().notNull(),
    /** What Meta made of it. */
    category: text('category').$type<MetaTemplateCategory>().notNull(),
    header: text('header').$type<'image' | 'document'>(),
    body: text('body').notNull(),
    footer: text('footer'),
    /** Parameters of the body in order, each with the variable it takes its value from. */
    parameters: jsonb('parameters').$type<{ name: string; variable: string }[]>().notNull(),
    /** Names header, body and footer; a text with another hash is not what was approved. */
    contentHash: text('content_hash').notNull(),
    /** Meta's clock of the last webhook about it; an older one changes nothing. */
    toldAt: instant('told_at'),
    /** When Meta was last asked. */
    syncedAt: instant('synced_at'),
    submittedBy: text('submitted_by').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('template_approvals_name_uq').on(
      table.workspaceId,
      table.wabaId,
      table.name,
      table.remoteLanguage,
    ),
    uniqueIndex('template_approvals_live_uq')
      .on(table.templateId, table.language, table.wabaId, table.contentHash)
      .where(sql`status in ('submitting', 'pending', 'approved', 'paused')`),
  ],
)
