import type { WorkspaceScope } from '@siar/database'
import { AppError, problemsOfSegment } from '@siar/domain'
import type { FieldProblem, SegmentId, SegmentRule, WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import type { SegmentContext } from './segment-condition.repo.ts'
import { countPeople, listPeople, prepareCounting } from './segment-people.repo.ts'
import type { SegmentPersonRow } from './segment-people.repo.ts'
import { largeGroupMembers, readWords } from './segment-vocabulary.repo.ts'
import {
  countSegments,
  findSegments,
  insertSegment,
  isUniqueViolation,
  listCampaignsUsing,
  listSegments,
  removeSegment,
  updateSegment,
} from './segments.repo.ts'
import type { SegmentChanges, SegmentRow } from './segments.repo.ts'
import { refuseSlow } from './refuse-slow.ts'

export type SegmentService = ReturnType<typeof createSegmentService>

/** A segment, and what of its rule cannot be used any more. */
export interface JudgedSegment extends SegmentRow {
  readonly problems: readonly FieldProblem[]
}

export interface NewSegment {
  readonly name: string
  readonly description: string
  readonly rule: SegmentRule
}

export interface Preview {
  readonly contacts: number
  readonly sample: readonly SegmentPersonRow[]
}

const segmentsMax = 500
const previewStatementMs = 10_000

/**
 * Saved rules about contacts. A rule that names something unknown is not saved; one that comes to do so finds nobody.
 *
 * @param largeFrom From so many members on a tag or a list is looked up in its bits when somebody counts.
 */
export function createSegmentService(core: Core, { largeFrom = largeGroupMembers } = {}) {
  const publish = (scope: WorkspaceScope, id: string) =>
    core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId: scope.workspaceId, id })
  const requireRule = async (scope: WorkspaceScope, rule: SegmentRule): Promise<SegmentContext> => {
    const { vocabulary, context } = await readWords(scope, [rule], core.now(), largeFrom)
    const problems = problemsOfSegment(rule, vocabulary)
    if (problems.length > 0) throw new AppError('validation_failed', { problems })
    return context
  }
  return {
    /** By name. */
    list: (workspaceId: WorkspaceId): Promise<JudgedSegment[]> =>
      core.inWorkspace(workspaceId, async (scope) => judge(scope, await listSegments(scope), core.now())),

    /** @throws AppError `not_found`. */
    get: (workspaceId: WorkspaceId, id: SegmentId): Promise<JudgedSegment> =>
      core.inWorkspace(workspaceId, (scope) => getSegment(scope, id, core.now())),

    /** @throws AppError `validation_failed` with a problem for each rule, `already_exists`, `segment_too_many`. */
    async create(workspaceId: WorkspaceId, actor: Actor, segment: NewSegment): Promise<JudgedSegment> {
      const id = core.newId('seg')
      const made = core.inWorkspace(workspaceId, async (scope) => {
        await requireRule(scope, segment.rule)
        if ((await countSegments(scope)) >= segmentsMax)
          throw new AppError('segment_too_many', { limit: segmentsMax })
        await insertSegment(scope, { ...segment, id, createdBy: actor.id, at: core.now() })
        await core.audit(scope, { actor, action: 'segment.create', subjectId: id })
        await publish(scope, id)
        return getSegment(scope, id, core.now())
      })
      return made.catch(refuseTakenName)
    },

    /** Changes what is given. @throws AppError `not_found` and what `create` throws. */
    async update(
      workspaceId: WorkspaceId,
      actor: Actor,
      id: SegmentId,
      changes: SegmentChanges,
    ): Promise<JudgedSegment> {
      const changed = core.inWorkspace(workspaceId, async (scope) => {
        if (changes.rule) await requireRule(scope, changes.rule)
        if (!(await updateSegment(scope, id, changes, core.now()))) throw new AppError('not_found')
        const fields = Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : [name]))
        await core.audit(scope, { actor, action: 'segment.update', subjectId: id, details: { fields } })
        await publish(scope, id)
        return getSegment(scope, id, core.now())
      })
      return changed.catch(refuseTakenName)
    },

    /**
     * Deletes a segment; drafts that name it cannot start until their people are chosen again.
     *
     * @throws AppError `not_found`; `segment_in_use` while a campaign that is to start, or start again, names it.
     */
    remove: (workspaceId: WorkspaceId, actor: Actor, id: SegmentId): Promise<void> =>
      core.inWorkspace(workspaceId, async (scope) => {
        const campaigns = await listCampaignsUsing(scope, id)
        if (campaigns.length > 0) throw new AppError('segment_in_use', { reason: campaigns.join(', ') })
        if (!(await removeSegment(scope, id))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'segment.remove', subjectId: id })
        await publish(scope, id)
      }),

    /**
     * Whom a rule finds now, saved or not.
     *
     * @throws AppError `validation_failed`; `segment_too_slow` when it takes longer than ten seconds.
     */
    preview: (workspaceId: WorkspaceId, rule: SegmentRule, sample: number): Promise<Preview> =>
      refuseSlow(() =>
        core.inWorkspace(workspaceId, async (scope) => {
          const context = await requireRule(scope, rule)
          await prepareCounting(scope, previewStatementMs)
          const contacts = await countPeople(scope, rule, context)
          const isSampled = contacts > 0 && sample > 0
          return { contacts, sample: isSampled ? await listPeople(scope, rule, context, sample) : [] }
        }),
      ),
  }
}

async function judge(
  scope: WorkspaceScope,
  rows: readonly SegmentRow[],
  now: Date,
): Promise<JudgedSegment[]> {
  const { vocabulary } = await readWords(
    scope,
    rows.map(({ rule }) => rule),
    now,
  )
  return rows.map((row) => ({ ...row, problems: problemsOfSegment(row.rule, vocabulary) }))
}

async function getSegment(scope: WorkspaceScope, id: SegmentId, now: Date): Promise<JudgedSegment> {
  const [segment] = await judge(scope, await findSegments(scope, [id]), now)
  if (!segment) throw new AppError('not_found')
  return segment
}

function refuseTakenName(error: unknown): never {
  throw isUniqueViolation(error, 'segments_workspace_name_uq')
    ? new AppError('already_exists', {}, { cause: error })
    : error
}
