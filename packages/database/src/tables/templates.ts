import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { createdAt, updatedAt, workspaceId } from './columns.ts'
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
