import type { Audience } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { Purpose } from '@siar/domain'
import { segmentPeopleSql } from '../segments/index.ts'
import type { LoadedSegments } from '../segments/index.ts'

/** The rules by which people of an audience are left out, read at one instant. */
export interface AudienceRules {
  readonly purpose: Purpose
  /** Countries numbers may belong to; empty allows all. */
  readonly countries: readonly string[]
  /** Marketing messages one person may get; 0 switches a cap off. */
  readonly perDay: number
  readonly perWeek: number
  readonly afterUnanswered: number
  readonly now: Date
  /** Those the audience names, with their rules as they are at that instant. */
  readonly segments: LoadedSegments
}

/** SQL text with its values; `$1` is always the workspace. */
export interface SqlPart {
  readonly text: string
  readonly values: readonly unknown[]
}

interface RuleIds {
  everyone: boolean
  readonly lists: string[]
  readonly tags: string[]
  readonly contacts: string[]
  readonly segments: string[]
}

function idsOf(rules: Audience['include']): RuleIds {
  const ids: RuleIds = { everyone: false, lists: [], tags: [], contacts: [], segments: [] }
  for (const rule of rules) {
    if (rule.kind === 'everyone') ids.everyone = true
    else if (rule.kind === 'list') ids.lists.push(rule.id)
    else if (rule.kind === 'tag') ids.tags.push(rule.id)
    else if (rule.kind === 'segment') ids.segments.push(rule.id)
    else ids.contacts.push(rule.id)
  }
  return ids
}

/** The segments that either side of an audience names. */
export function segmentIdsOf({ include, exclude }: Audience): string[] {
  return idsOf([...include, ...exclude]).segments
}

/**
 * The count of marketing messages a contact got lately, as a lateral over `contact`: columns `today`, `week`,
 * `unanswered`. Messages of every campaign of the workspace count.
 */
export const marketingPressure = (contact: string): string => `
  select count(*) filter (where r.accepted_at > $2::timestamptz - interval '1 day') as today,
         count(*) filter (where r.accepted_at > $2::timestamptz - interval '7 days') as week,
         count(*) filter (where r.accepted_at > coalesce(
           (select max(v.last_incoming_at) from conversations v
             where v.workspace_id = $1 and v.contact_id = ${contact}), '-infinity')) as unanswered
  from recipients r join runs on runs.id = r.run_id and runs.purpose = 'marketing'
  where r.workspace_id = $1 and r.contact_id = ${contact} and r.accepted_at is not null`

/**
 * Everybody an audience names, once each, with the reason to leave them out (null: they get it).
 *
 * The order of the rules is the gate's, so that the forecast, the freeze and the lane give the same reason. One row for
 * each contact: `contact_id, address, country, time_zone, reason`. An address belongs to one contact of a workspace (unique key), so
 * a contact named by several rules is the only duplicate there can be, and it counts once.
 *
 * Values: $1 workspace, $2 now, $3.. the rest.
 */
export function judgedAudience(scope: WorkspaceScope, audience: Audience, rules: AudienceRules): SqlPart {
  const include = idsOf(audience.include)
  const exclude = idsOf(audience.exclude)
  const values: unknown[] = [
    scope.workspaceId,
    rules.now,
    rules.purpose === 'marketing',
    [...rules.countries],
    rules.perDay,
    rules.perWeek,
    rules.afterUnanswered,
  ]
  const add = (value: unknown): string => `$${values.push(value)}`
  const text = `
    chosen as (
      select distinct on (c.id) c.id, c.active, c.marketing_consent, c.last_contacted_at, c.time_zone, a.value, a.country
      from contacts c left join addresses a on a.contact_id = c.id
      where c.workspace_id = $1 ${includeSql(include, rules.segments, add)} ${excludeSql(exclude, rules.segments, add)}
      order by c.id, (a.kind = 'phone') desc, a.id
    ),
    suppressed as materialized (
      select distinct a.contact_id from suppressions s
      join addresses a on a.workspace_id = s.workspace_id and a.kind = s.kind and a.value = s.value
      where s.workspace_id = $1
    ),
    judged as (
      select c.id as contact_id, coalesce(c.value, '') as address, c.country, c.time_zone,
        case
          when c.value is null then 'no_address'
          when not c.active then 'contact_inactive'
          when s.contact_id is not null then 'suppressed'
          when cardinality($4::text[]) > 0 and c.country is not null and c.country <> all ($4::text[])
            then 'country_not_allowed'
          when not $3::boolean then null
          when c.marketing_consent = 'withdrawn' then 'consent_withdrawn'
          when c.marketing_consent <> 'granted' then 'no_consent'
          when c.last_contacted_at is null then null
          else (
            select case
              when ($5::int > 0 and p.today >= $5::int) or ($6::int > 0 and p.week >= $6::int) then 'frequency_cap'
              when $7::int > 0 and p.unanswered >= $7::int then 'unanswered'
            end from (${marketingPressure('c.id')}) p)
        end as reason
      from chosen c
      left join suppressed s on s.contact_id = c.id
    )`
  return { text, values }
}

function includeSql(include: RuleIds, segments: LoadedSegments, add: (value: unknown) => string): string {
  if (include.everyone) return ''
  const people = add(include.contacts)
  const parts = [
    `select unnest(${people}::text[])`,
    ...(include.contacts.length > 0
      ? [`select survivor_id from contact_merges where loser_id = any(${people}::text[])`]
      : []),
    ...(include.lists.length > 0
      ? [`select contact_id from list_members where list_id = any(${add(include.lists)}::text[])`]
      : []),
    ...(include.tags.length > 0
      ? [`select contact_id from contact_tags where tag_id = any(${add(include.tags)}::text[])`]
      : []),
    ...(include.segments.length > 0 ? [segmentPeopleSql(segments, include.segments, add)] : []),
  ]
  return `and c.id in (${parts.join(' union ')})`
}

function excludeSql(exclude: RuleIds, segments: LoadedSegments, add: (value: unknown) => string): string {
  if (exclude.everyone) return 'and false'
  const parts: string[] = []
  if (exclude.contacts.length > 0) {
    const people = add(exclude.contacts)
    parts.push(`and c.id <> all (${people}::text[]) and not exists (select 1 from contact_merges m
      where m.survivor_id = c.id and m.loser_id = any(${people}::text[]))`)
  }
  if (exclude.lists.length > 0) {
    parts.push(`and not exists (select 1 from list_members m
      where m.contact_id = c.id and m.list_id = any(${add(exclude.lists)}::text[]))`)
  }
  if (exclude.tags.length > 0) {
    parts.push(`and not exists (select 1 from contact_tags t
      where t.contact_id = c.id and t.tag_id = any(${add(exclude.tags)}::text[]))`)
  }
  if (exclude.segments.length > 0) {
    const people = segmentPeopleSql(segments, exclude.segments, add)
    parts.push(`and not exists (select 1 from (${people}) x where x.id = c.id)`)
  }
  return parts.join(' ')
}

/** How many people an audience names, by the reason to leave them out; `null` counts those who get it. */
export async function countAudience(
  scope: WorkspaceScope,
  audience: Audience,
  rules: AudienceRules,
): Promise<{ reason: string | null; zone: string | null; country: string | null; count: number }[]> {
  const judged = judgedAudience(scope, audience, rules)
  return scope.query(
    `with ${judged.text}
     select reason, time_zone as zone, country, count(*)::int as count from judged group by reason, time_zone, country`,
    judged.values,
  )
}

export interface AudienceContactRow {
  readonly contact_id: string
  readonly full_name: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string | null
  readonly company: string | null
  readonly language: string | null
  readonly custom: Record<string, string | number | boolean>
  readonly address: string
}

/** The next people of an audience who get the message, with what a text may say about them, in the order of their ids. */
export async function listAudienceContacts(
  scope: WorkspaceScope,
  audience: Audience,
  rules: AudienceRules,
  afterContactId: string,
  limit: number,
): Promise<AudienceContactRow[]> {
  const judged = judgedAudience(scope, audience, rules)
  const after = judged.values.length + 1
  return scope.query(
    `with ${judged.text}
     select j.contact_id, j.address, k.full_name, k.first_name, k.last_name, k.email, k.company, k.language, k.custom
     from judged j join contacts k on k.id = j.contact_id
     where j.reason is null and j.contact_id > $${after} order by j.contact_id limit $${after + 1}`,
    [...judged.values, afterContactId, limit],
  )
}

/** Ids named by an audience that do not exist in the workspace. */
export async function findUnknownAudienceIds(scope: WorkspaceScope, audience: Audience): Promise<string[]> {
  const all = [...audience.include, ...audience.exclude]
  const { lists, tags, contacts, segments } = idsOf(all)
  const rows = await scope.query<{ id: string }>(
    `select x.id from unnest($1::text[]) x(id) where not exists (select 1 from lists l where l.id = x.id)
     union all
     select x.id from unnest($2::text[]) x(id) where not exists (select 1 from tags t where t.id = x.id)
     union all
     select x.id from unnest($3::text[]) x(id) where not exists (select 1 from contacts c where c.id = x.id)
     union all
     select x.id from unnest($4::text[]) x(id) where not exists (select 1 from segments s where s.id = x.id)`,
    [lists, tags, contacts, segments],
  )
  return rows.map((row) => row.id)
}
