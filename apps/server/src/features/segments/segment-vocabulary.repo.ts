import type { WorkspaceScope } from '@siar/database'
import { conditionsOf } from '@siar/domain'
import type { SegmentRule, SegmentVocabulary } from '@siar/domain'
import type { SegmentContext } from './segment-condition.repo.ts'

/** What the rules may name and what their words mean, read at one instant. */
export interface SegmentWords {
  readonly vocabulary: SegmentVocabulary
  readonly context: SegmentContext
}

type FieldRow = {
  readonly id: string
  readonly key: string
  readonly type: 'text' | 'number' | 'date' | 'choice' | 'yes_no'
  readonly choices: string[]
}

/** From so many members on, testing a bit of everybody costs less than joining the members. */
export const largeGroupMembers = 5_000

/** Ids are looked up in the workspace, so that one of another workspace is as unknown as one that never was. */
export async function readWords(
  scope: WorkspaceScope,
  rules: readonly SegmentRule[],
  now: Date,
  largeFrom: number = largeGroupMembers,
): Promise<SegmentWords> {
  const named = namedBy(rules)
  const fields = await scope.query<FieldRow>(
    'select id, key, type, choices from custom_fields where workspace_id = $1 and id = any($2::text[])',
    [scope.workspaceId, named.fields],
  )
  const known = await scope.query<{ id: string }>(
    `select id from lists where workspace_id = $1 and id = any($2::text[])
     union all select id from tags where workspace_id = $1 and id = any($3::text[])
     union all select id from campaigns where workspace_id = $1 and id = any($4::text[])`,
    [scope.workspaceId, named.lists, named.tags, named.campaigns],
  )
  const large = await scope.query<{ id: string }>(
    `select group_id as id from membership_bits where workspace_id = $1 and group_id = any($2::text[])
     group by group_id having sum(bit_count(bits)) >= $3`,
    [scope.workspaceId, [...named.lists, ...named.tags], largeFrom],
  )
  const [workspace] = await scope.query<{ timeZone: string }>(
    'select time_zone as "timeZone" from workspaces where id = $1',
    [scope.workspaceId],
  )
  const customFields = new Map(fields.map((field) => [field.id, field]))
  const ids = new Set(known.map(({ id }) => id))
  return {
    vocabulary: { customFields, listIds: ids, tagIds: ids, campaignIds: ids },
    context: {
      now,
      timeZone: workspace?.timeZone ?? 'Asia/Jakarta',
      customFields,
      largeGroupIds: new Set(large.map(({ id }) => id)),
    },
  }
}

function namedBy(rules: readonly SegmentRule[]) {
  const named = {
    fields: [] as string[],
    lists: [] as string[],
    tags: [] as string[],
    campaigns: [] as string[],
  }
  for (const { condition } of rules.flatMap((rule) => conditionsOf(rule))) {
    if (condition.kind === 'custom') named.fields.push(condition.fieldId)
    else if (condition.kind === 'list') named.lists.push(...condition.ids)
    else if (condition.kind === 'tag') named.tags.push(...condition.ids)
    else if (condition.kind === 'activity' && condition.campaignId) named.campaigns.push(condition.campaignId)
  }
  return named
}
