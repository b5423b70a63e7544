import type { WorkspaceScope } from '@siar/database'
import { addresses, campaigns, contacts, customFields, templates } from '@siar/database'
import type { ContactId, TemplateId, VariableValues } from '@siar/domain'
import { and, desc, eq, ilike, inArray, lt, or, sql } from 'drizzle-orm'
import type { SQLWrapper } from 'drizzle-orm'
import type { TimeKeys } from '../../time-cursor.ts'

export type TemplateRow = typeof templates.$inferSelect & { readonly campaigns: number }
export type TemplateCategory = TemplateRow['category']

interface TemplateFields {
  readonly name: string
  readonly category: TemplateCategory
  readonly texts: Texts
  readonly footer: string
  readonly mediaId: string | null
  readonly campaignVariables: readonly string[]
  readonly updatedAt: Date
}
interface NewTemplate extends TemplateFields {
  readonly id: TemplateId
  readonly workspaceId: string
  readonly createdBy: string
  readonly createdAt: Date
}
/** Texts by language, as a form gives them; an absent one may be spelled `undefined`. */
interface Texts {
  readonly id?: string | undefined
  readonly en?: string | undefined
}

export interface TemplateFilter {
  readonly search?: string | undefined
  readonly category?: TemplateCategory | undefined
  readonly after: TimeKeys | null
  readonly limit: number
}

/** Whether an experiment has a variant with this template. */
function isVariant(experiment: SQLWrapper, templateId: SQLWrapper) {
  return sql`coalesce(${experiment} @> jsonb_build_object('variants', jsonb_build_array(
    jsonb_build_object('templateId', ${templateId}))), false)`
}

/** Written out: drizzle leaves the table's name away where only one table is selected from. */
const campaignCount = sql<number>`(select count(*)::int from campaigns c
  where c.workspace_id = templates.workspace_id and (c.template_id = templates.id or ${isVariant(sql`c.experiment`, sql`templates.id`)}))`

export async function listTemplates(scope: WorkspaceScope, filter: TemplateFilter): Promise<TemplateRow[]> {
  const { search, category, after, limit } = filter
  const rows = await scope.db
    .select({ template: templates, campaigns: campaignCount })
    .from(templates)
    .where(
      and(
        search ? ilike(templates.name, `%${search.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
        category ? eq(templates.category, category) : undefined,
        after
          ? or(
              lt(templates.updatedAt, after.at),
              and(eq(templates.updatedAt, after.at), lt(templates.id, after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(templates.updatedAt), desc(templates.id))
    .limit(limit)
  return rows.map((row) => ({ ...row.template, campaigns: row.campaigns }))
}

export async function findTemplate(
  scope: WorkspaceScope,
  templateId: TemplateId,
): Promise<TemplateRow | null> {
  const [row] = await scope.db
    .select({ template: templates, campaigns: campaignCount })
    .from(templates)
    .where(eq(templates.id, templateId))
  return row ? { ...row.template, campaigns: row.campaigns } : null
}

export async function insertTemplate(scope: WorkspaceScope, row: NewTemplate): Promise<void> {
  await scope.db.insert(templates).values(row as unknown as typeof templates.$inferInsert)
}

export async function updateTemplate(
  scope: WorkspaceScope,
  templateId: TemplateId,
  changes: { readonly [K in keyof TemplateFields]?: TemplateFields[K] | undefined },
): Promise<void> {
  await scope.db
    .update(templates)
    .set(changes as Partial<typeof templates.$inferInsert>)
    .where(eq(templates.id, templateId))
}

export async function deleteTemplate(scope: WorkspaceScope, templateId: TemplateId): Promise<void> {
  await scope.db.delete(templates).where(eq(templates.id, templateId))
}

const openStatuses = ['draft', 'scheduled', 'overdue', 'running', 'paused', 'halted'] as const

/** Campaigns that have not ended. */
export async function countOpenCampaigns(scope: WorkspaceScope, templateId: TemplateId): Promise<number> {
  return scope.db.$count(
    campaigns,
    and(
      or(
        eq(campaigns.templateId, templateId),
        isVariant(sql`${campaigns.experiment}`, sql`${templateId}::text`),
      ),
      inArray(campaigns.status, openStatuses),
    ),
  )
}

export async function listCustomKeys(scope: WorkspaceScope): Promise<string[]> {
  const rows = await scope.db.select({ key: customFields.key }).from(customFields)
  return rows.map((row) => row.key)
}

/** What a real person's variables are; null when there is no such contact. */
export async function findContactValues(
  scope: WorkspaceScope,
  contactId: ContactId,
): Promise<VariableValues | null> {
  const [row] = await scope.db
    .select({ contact: contacts, phone: addresses.value })
    .from(contacts)
    .leftJoin(addresses, and(eq(addresses.contactId, contacts.id), eq(addresses.kind, 'phone')))
    .where(eq(contacts.id, contactId))
    .limit(1)
  if (!row) return null
  const { contact, phone } = row
  const custom = Object.fromEntries(
    Object.entries(contact.custom).map(([key, value]) => [key, String(value)]),
  )
  return {
    ...custom,
    name: contact.fullName,
    first_name: contact.firstName,
    last_name: contact.lastName,
    phone,
    email: contact.email,
    company: contact.company,
  }
}
