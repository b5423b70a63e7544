import type { Campaign, campaignOperations, BodyOf, QueryOf } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError, templateCategoryPurposes } from '@siar/domain'
import type { CampaignStatus, WorkspaceId } from '@siar/domain'
import { isDeepStrictEqual } from 'node:util'
import type { Actor, Core } from '../../core.ts'
import { presentHalt } from '../../halt-present.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import { findUnknownAudienceIds } from './audience.repo.ts'
import { checkSchedule } from './campaign-schedule.ts'
import { presentCampaign } from './campaigns.present.ts'
import {
  countRecentAttempts,
  deleteCampaign,
  findCampaign,
  findUnknownSenders,
  insertCampaign,
  listCampaigns,
  updateCampaign,
} from './campaigns.repo.ts'
import type { CampaignChanges, CampaignRow } from './campaigns.repo.ts'
import { findFigures, noFigures } from './figures.repo.ts'
import { findStandstills } from './standstill.repo.ts'
import { planStart } from './plan-start.ts'
import { findTemplateFacts } from './start-facts.repo.ts'

type CreateBody = BodyOf<typeof campaignOperations.create>
type UpdateBody = BodyOf<typeof campaignOperations.update>
type ListQuery = QueryOf<typeof campaignOperations.list>

const editable: readonly CampaignStatus[] = ['draft', 'scheduled']
const removable: readonly CampaignStatus[] = ['draft', 'scheduled', 'overdue', 'completed', 'cancelled']

/** Drafting, editing and reading campaigns. */
export interface CampaignsService {
  list(workspaceId: WorkspaceId, query: ListQuery): Promise<{ data: Campaign[]; nextCursor: string | null }>
  get(workspaceId: WorkspaceId, id: string): Promise<Campaign>
  /** The campaigns that run or wait to go on, newest first, at most 20. */
  listRunning(workspaceId: WorkspaceId): Promise<Campaign[]>
  create(workspaceId: WorkspaceId, actor: Actor, body: CreateBody): Promise<Campaign>
  /** @throws AppError `campaign_not_editable` once its audience is frozen. */
  update(workspaceId: WorkspaceId, actor: Actor, id: string, body: UpdateBody): Promise<Campaign>
  remove(workspaceId: WorkspaceId, actor: Actor, id: string): Promise<void>
}

export function createCampaignsService(core: Core): CampaignsService {
  return {
    list: (workspaceId, query) => core.inWorkspace(workspaceId, (scope) => listPage(core, scope, query)),
    get: (workspaceId, id) => core.inWorkspace(workspaceId, (scope) => getPresented(core, scope, id)),
    listRunning: (workspaceId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const rows = [
          ...(await listCampaigns(scope, { status: 'running', limit: 20 })),
          ...(await listCampaigns(scope, { status: 'paused', limit: 10 })),
        ]
        return presentAll(core, scope, rows)
      }),
    create: (workspaceId, actor, body) =>
      core.inWorkspace(workspaceId, async (scope) => {
        checkSchedule(body.schedule)
        await checkReferences(scope, body)
        const id = core.newId('cmp')
        await insertCampaign(scope, { ...body, id, createdBy: actor.id, createdAt: core.now() })
        await core.audit(scope, { actor, action: 'campaign.create', subjectId: id })
        await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId, id })
        return getPresented(core, scope, id)
      }),
    update: (workspaceId, actor, id, body) =>
      core.inWorkspace(workspaceId, (scope) => updateDraft(core, scope, actor, id, body)),
    remove: (workspaceId, actor, id) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await getRow(scope, id)
        const deleted = await deleteCampaign(scope, id, removable)
        if (!deleted) throw new AppError('campaign_wrong_state')
        await core.audit(scope, { actor, action: 'campaign.remove', subjectId: id })
        await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId, id })
      }),
  }
}

/** @throws AppError `not_found`. */
export async function getRow(scope: WorkspaceScope, id: string): Promise<CampaignRow> {
  const row = await findCampaign(scope, id)
  if (!row) throw new AppError('not_found')
  return row
}

/** One campaign as the contract shows it. @throws AppError `not_found`. */
export async function getPresented(core: Core, scope: WorkspaceScope, id: string): Promise<Campaign> {
  const [campaign] = await presentAll(core, scope, [await getRow(scope, id)])
  if (!campaign) throw new AppError('not_found')
  return campaign
}

async function listPage(core: Core, scope: WorkspaceScope, query: ListQuery) {
  const keys = decodeCursor(query.cursor, ['milliseconds', 'text'])
  const before = keys ? { createdAt: new Date(Number(keys[0])), id: keys[1] ?? '' } : undefined
  const found = await listCampaigns(scope, { ...query, before, limit: query.limit + 1 })
  const { rows, nextCursor } = toPage(found, query.limit, (row) => [String(row.createdAt.getTime()), row.id])
  return { data: await presentAll(core, scope, rows), nextCursor }
}

async function presentAll(
  core: Core,
  scope: WorkspaceScope,
  rows: readonly CampaignRow[],
): Promise<Campaign[]> {
  const now = core.now()
  const runIds = rows.flatMap((row) => (row.currentRunId ? [row.currentRunId] : []))
  const figures = runIds.length > 0 ? await findFigures(scope, runIds) : new Map<string, typeof noFigures>()
  const running = rows.flatMap((row) =>
    row.status === 'running' && row.currentRunId ? [row.currentRunId] : [],
  )
  const rates =
    running.length > 0 ? await countRecentAttempts(scope, running, attemptIdAt(now, -60_000)) : null
  const halts = await findStandstills(scope, rows.flatMap(standingRun))
  return rows.map((row) => {
    const runId = row.currentRunId ?? ''
    const rate = row.status === 'running' ? (rates?.get(runId) ?? 0) : null
    const halt = presentHalt(halts.get(runId))
    return presentCampaign(row, (figures.get(runId) ?? noFigures).figures, rate, now, halt)
  })
}

/** The run of a campaign that has begun and is not over: only such a one can stand still. */
function standingRun({ status, currentRunId }: CampaignRow): string[] {
  return currentRunId && ['running', 'paused', 'halted'].includes(status) ? [currentRunId] : []
}

/** The smallest id an attempt made at that time could have. */
export function attemptIdAt(now: Date, offsetMs: number): string {
  return `msg_${(now.getTime() + offsetMs).toString(16).padStart(12, '0')}`
}

async function updateDraft(core: Core, scope: WorkspaceScope, actor: Actor, id: string, body: UpdateBody) {
  const row = await getRow(scope, id)
  const changes = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined),
  ) as CampaignChanges
  if (changes.schedule) checkSchedule(changes.schedule)
  const isKept = isDeepStrictEqual(changes.audience ?? row.audience, row.audience)
  await checkReferences(scope, { ...row, ...changes, ...(isKept ? { audience: nobody } : {}) })
  const isReplanned = row.status === 'scheduled' && changes.schedule !== undefined
  const plan = isReplanned ? await replan(core, scope, { ...row, ...changes }) : {}
  const from = isReplanned ? (['scheduled'] as const) : editable
  const updated = await updateCampaign(scope, id, from, { ...changes, ...plan }, core.now())
  if (!updated) throw new AppError('campaign_not_editable')
  await core.audit(scope, {
    actor,
    action: 'campaign.update',
    subjectId: id,
    details: { fields: Object.keys(changes) },
  })
  await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId: scope.workspaceId, id })
  return getPresented(core, scope, id)
}

/** A campaign on the schedule whose schedule changes starts at its new time; what would start at once goes back to draft. */
async function replan(core: Core, scope: WorkspaceScope, campaign: CampaignRow) {
  const startAt = await planStart(scope, campaign, core.now())
  return { startAt, status: startAt ? ('scheduled' as const) : ('draft' as const) }
}

type Referring = Pick<
  CampaignRow,
  'audience' | 'templateId' | 'senderIds' | 'weights' | 'purpose' | 'experiment'
>

/** People who were chosen before are not looked up again: what is gone by now keeps no other field from being changed. */
const nobody = { include: [], exclude: [] }

/** Foreign keys do not see row security: every id is looked up in the workspace. */
async function checkReferences(scope: WorkspaceScope, campaign: Referring): Promise<void> {
  if ((await findUnknownAudienceIds(scope, campaign.audience)).length > 0) throw new AppError('not_found')
  const senderIds = [...campaign.senderIds, ...Object.keys(campaign.weights)]
  if ((await findUnknownSenders(scope, senderIds)).length > 0) throw new AppError('not_found')
  await checkTemplate(scope, campaign.purpose, campaign.templateId, 'purpose')
  for (const [index, { templateId }] of (campaign.experiment?.variants ?? []).entries()) {
    await checkTemplate(scope, campaign.purpose, templateId, `experiment.variants.${index}.templateId`)
  }
}

async function checkTemplate(
  scope: WorkspaceScope,
  purpose: CampaignRow['purpose'],
  templateId: string | null,
  path: string,
): Promise<void> {
  if (templateId === null) return
  const template = await findTemplateFacts(scope, templateId)
  if (!template) throw new AppError('not_found')
  if (purpose === 'service' && templateCategoryPurposes[template.category] === 'marketing') {
    const problem = { path, message: 'this template is marketing', code: 'consent_required' }
    throw new AppError('validation_failed', { problems: [problem] })
  }
}
