import { WorkspaceSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { SenderStatus, TemplateCategory } from '@siar/domain'
import type { Language } from '../../core.ts'
import type { ContentMedia } from './run-content.ts'

export interface WorkspaceFacts {
  readonly settings: WorkspaceSettings
  readonly timeZone: string
  readonly language: Language
  readonly status: 'active' | 'suspended'
  /** Campaign messages a calendar month; null for no limit. */
  readonly messageQuota: number | null
}

/** The rules of the workspace; defaults stand in for what was never set. */
export async function findWorkspaceFacts(scope: WorkspaceScope): Promise<WorkspaceFacts> {
  const [row] = await scope.query<{
    settings: unknown
    time_zone: string
    language: Language
    status: 'active' | 'suspended'
    message_quota: number | null
  }>('select settings, time_zone, language, status, message_quota from workspaces where id = $1', [
    scope.workspaceId,
  ])
  if (!row) throw new Error('The workspace of the scope does not exist')
  return {
    settings: WorkspaceSettings.parse(row.settings ?? {}),
    timeZone: row.time_zone,
    language: row.language,
    status: row.status,
    messageQuota: row.message_quota,
  }
}

export interface SenderFacts {
  readonly id: string
  readonly name: string
  readonly channel: string
  readonly status: SenderStatus
  /** The guardian lets it rest from marketing. */
  readonly halted: boolean
  readonly settings: Record<string, unknown>
  readonly numberSince: string | null
  readonly pairedAt: Date | null
  /** What the channel says the number may send in a second; null where it never told. */
  readonly throughputPerSecond: number | null
  /** Recipients of all campaigns that already wait for it. */
  readonly waiting: number
  /** Messages accepted on the given day. */
  readonly sentToday: number
}

/** Senders campaigns may use: those named, or every one of the workspace when none is named. In the order given. */
export async function listCampaignSenders(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  day: string,
): Promise<SenderFacts[]> {
  return scope.query<SenderFacts>(
    `select s.id, s.name, s.channel, s.status, s.halt is not null as halted, s.settings, s.number_since::text as "numberSince",
       s.paired_at as "pairedAt", (s.standing ->> 'messagesPerSecond')::int as "throughputPerSecond",
       (select count(*)::int from recipients r where r.sender_id = s.id and r.due_at is not null) as waiting,
       coalesce((select d.accepted from sender_days d where d.sender_id = s.id and d.day = $2::date), 0)
         as "sentToday"
     from senders s
     where s.use_for_campaigns and (cardinality($1::text[]) = 0 or s.id = any($1::text[]))
     order by array_position($1::text[], s.id), s.created_at, s.id`,
    [[...senderIds], day],
  )
}

/** The WhatsApp Business account of each of these senders that has one. */
export async function listBusinessAccounts(
  scope: WorkspaceScope,
  senderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await scope.query<{ id: string; wabaId: string }>(
    `select id, settings -> 'cloud_api' ->> 'wabaId' as "wabaId" from senders
     where id = any($1::text[]) and channel = 'cloud_api' and settings -> 'cloud_api' ->> 'wabaId' is not null`,
    [[...senderIds]],
  )
  return new Map(rows.map(({ id, wabaId }) => [id, wabaId]))
}

export interface TemplateFacts {
  readonly id: string
  readonly name: string
  readonly category: TemplateCategory
  readonly texts: { readonly id?: string; readonly en?: string }
  readonly footer: string
  readonly media: ContentMedia | null
}

export async function findTemplateFacts(scope: WorkspaceScope, id: string): Promise<TemplateFacts | null> {
  const [row] = await scope.query<TemplateFacts>(
    `select t.id, t.name, t.category, t.texts, t.footer,
       case when m.id is null then null else json_build_object('id', m.id, 'kind', m.kind,
         'mimeType', m.mime_type, 'fileName', m.file_name, 'sizeBytes', m.size_bytes, 'storageKey', m.storage_key)
       end as media
     from templates t left join media m on m.id = t.media_id where t.id = $1`,
    [id],
  )
  return row ?? null
}

export async function listCustomKeys(scope: WorkspaceScope): Promise<string[]> {
  const rows = await scope.query<{ key: string }>('select key from custom_fields order by key')
  return rows.map((row) => row.key)
}

/**
 * Lets this transaction run, and wait for another that does, as long as freezing a large audience takes, and plan for one: a whole
 * address book is read in its own order and sorted in memory, not fetched person by person from pages that are not at hand.
 */
export async function allowLongStatements(scope: WorkspaceScope): Promise<void> {
  await scope.limitStatements({ statementMs: 15 * 60_000, lockMs: 5 * 60_000 })
  await scope.execute(`set local work_mem = '128MB'; set local effective_cache_size = '128MB'`)
}
