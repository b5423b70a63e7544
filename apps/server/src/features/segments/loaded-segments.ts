import type { WorkspaceScope } from '@siar/database'
import { problemsOfSegment } from '@siar/domain'
import type { SegmentRule } from '@siar/domain'
import { readWords } from './segment-vocabulary.repo.ts'
import { compileSegment } from './segment-sql.repo.ts'
import type { AddValue, SegmentContext } from './segment-sql.repo.ts'
import { findSegments } from './segments.repo.ts'

/** Segments read at one instant, to become part of another statement. */
export interface LoadedSegments {
  readonly rules: ReadonlyMap<string, SegmentRule>
  readonly context: SegmentContext
  /** Those that do not exist, or name something that does not. They find nobody, so nothing may be sent by them. */
  readonly unusableIds: readonly string[]
}

/** Reads the segments of these ids. Ids of another workspace are as unusable as ids of nothing. */
export async function loadSegments(
  scope: WorkspaceScope,
  ids: readonly string[],
  now: Date,
): Promise<LoadedSegments> {
  const rows = await findSegments(scope, ids)
  const { vocabulary, context } = await readWords(
    scope,
    rows.map(({ rule }) => rule),
    now,
  )
  const usable = rows.filter(({ rule }) => problemsOfSegment(rule, vocabulary).length === 0)
  const rules = new Map<string, SegmentRule>(usable.map(({ id, rule }) => [id, rule]))
  return { rules, context, unusableIds: ids.filter((id) => !rules.has(id)) }
}

/**
 * SQL that gives the id of everybody who belongs to any of these segments; somebody may come twice.
 *
 * `$1` of the statement it becomes part of is the workspace.
 */
export function segmentPeopleSql(segments: LoadedSegments, ids: readonly string[], add: AddValue): string {
  const parts = ids.flatMap((id) => {
    const rule = segments.rules.get(id)
    if (!rule) return []
    const { joins, where } = compileSegment(rule, segments.context, add)
    return [`select c.id from contacts c ${joins} where c.workspace_id = $1 and ${where}`]
  })
  return parts.length === 0 ? 'select null::text as id where false' : parts.join(' union all ')
}
