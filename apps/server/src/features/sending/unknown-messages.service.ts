import type { BodyOf, QueryOf, ResponseInput, unknownMessageOperations } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { RecipientStatus, WorkspaceId } from '@siar/domain'
import type { Actor, Core, Language } from '../../core.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import {
  applyFigures,
  dayOf,
  FigureDeltas,
  findWorkspaceFacts,
  reasonText,
  holdCompletion,
  reopenRun,
  routeReasonText,
} from '../campaigns/index.ts'
import { renderText } from './judge-batch.ts'
import { applySenderDays } from './moves.repo.ts'
import { SenderTally } from './tally.ts'
import {
  countUnknown,
  hasCampaign,
  listCampaignsOf,
  listCampaignStates,
  listUnknown,
  retryable,
  settleUnknown,
} from './unknown-messages.repo.ts'
import type { CampaignState, Decision, SettledGroup, UnknownRow } from './unknown-messages.repo.ts'
import { createWorkspaceContext, runFor } from './workspace-context.ts'
import type { LaneRun } from './workspace-context.ts'

type ListQuery = QueryOf<typeof unknownMessageOperations.list>
type Page = ResponseInput<typeof unknownMessageOperations.list>
type Settlement = BodyOf<typeof unknownMessageOperations.settle>
type Settled = ResponseInput<typeof unknownMessageOperations.settle>

/** Messages of which nobody knows whether they went out, for a person to look at and decide. */
export interface UnknownMessageService {
  /** Oldest first. @throws AppError `not_found` for a campaign that is not there. */
  list(workspaceId: WorkspaceId, query: ListQuery, language: Language): Promise<Page>
  /**
   * Settles those who are still unknown; the others are left and counted. `send_again` makes a completed campaign run again,
   * and leaves people of runs that can send no more: older ones, and those of a cancelled campaign.
   *
   * @throws AppError `not_found` when one of the recipients, or the campaign, is not there: then nothing changed.
   *         `campaign_wrong_state` when a whole campaign is to be sent again that can send no more.
   */
  settle(workspaceId: WorkspaceId, actor: Actor, settlement: Settlement): Promise<Settled>
}

export function createUnknownMessageService(core: Core): UnknownMessageService {
  return {
    list: (workspaceId, query, language) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const campaignId = query.campaignId ?? null
        if (campaignId !== null) await requireCampaign(scope, campaignId)
        const afterMessageId = decodeCursor(query.cursor, ['text'])?.[0] ?? ''
        const found = await listUnknown(scope, { campaignId, afterMessageId, limit: query.limit + 1 })
        const { rows, nextCursor } = toPage(found, query.limit, (row) => [row.messageId])
        const context = createWorkspaceContext(core, workspaceId)
        const runs = await context.runs(scope, [...new Set(rows.map((row) => row.run_id))])
        return {
          data: rows.map((row) => presentUnknown(row, runs.get(row.run_id), language)),
          nextCursor,
          total: await countUnknown(scope, campaignId),
        }
      }),
    settle: (workspaceId, actor, settlement) =>
      retryable(() => core.inWorkspace(workspaceId, (scope) => settle(core, scope, actor, settlement))),
  }
}

async function requireCampaign(scope: WorkspaceScope, campaignId: string): Promise<void> {
  if (!(await hasCampaign(scope, campaignId))) throw new AppError('not_found')
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function presentUnknown(row: UnknownRow, run: LaneRun | undefined, language: Language): Page['data'][number] {
  return {
    id: row.id,
    sequence: row.sequence,
    contactId: row.contact_id,
    contactName: row.full_name,
    address: row.address,
    status: 'unknown',
    reason: row.reason,
    reasonText: reasonText(row.reason, language),
    senderName: row.senderName,
    routeReason: routeReasonText(row.routeReason, language),
    variant: row.variant,
    attempts: row.attempts,
    acceptedAt: null,
    deliveredAt: iso(row.deliveredAt),
    readAt: iso(row.readAt),
    clickedAt: iso(row.clickedAt),
    updatedAt: row.updatedAt.toISOString(),
    campaignId: row.campaignId,
    campaignName: row.campaignName,
    senderId: row.senderId,
    dispatchedAt: iso(row.dispatchedAt),
    text: row.keptText ?? (run && renderText(row, runFor(run, row.variant))) ?? '',
  }
}

interface Asked {
  readonly recipientIds: readonly string[] | null
  readonly campaignIds: readonly string[]
  readonly count: number
}

async function settle(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  settlement: Settlement,
): Promise<Settled> {
  const { decision, recipientIds, campaignId } = settlement
  const asked = campaignId
    ? await askedOfCampaign(scope, campaignId)
    : await askedOfRecipients(scope, [...new Set(recipientIds)])
  const runIds = decision === 'send_again' ? await listSendingRuns(scope, asked, campaignId) : null
  const groups = await settleUnknown(scope, decision, { ...asked, runIds }, core.now())
  if (decision === 'send_again') await holdCompletion(scope, [...new Set(groups.map(({ runId }) => runId))])
  await count(core, scope, decision, groups)
  if (decision === 'send_again') await letSend(core, scope, groups)
  await tell(core, scope, actor, decision, groups)
  const settled = groups.reduce((sum, group) => sum + group.count, 0)
  return { settled, left: Math.max(0, asked.count - settled) }
}

/** Newest runs whose campaigns can still send. */
async function listSendingRuns(
  scope: WorkspaceScope,
  { campaignIds }: Asked,
  campaignId: string | undefined,
): Promise<string[]> {
  const campaigns = await listCampaignStates(scope, campaignIds, false)
  const sending = campaigns.filter(canSend)
  if (campaignId !== undefined && sending.length === 0) {
    throw new AppError('campaign_wrong_state', { status: campaigns[0]?.status })
  }
  return sending.map(({ runId }) => runId ?? '')
}

async function askedOfCampaign(scope: WorkspaceScope, campaignId: string): Promise<Asked> {
  await requireCampaign(scope, campaignId)
  return { recipientIds: null, campaignIds: [campaignId], count: await countUnknown(scope, campaignId) }
}

async function askedOfRecipients(scope: WorkspaceScope, recipientIds: readonly string[]): Promise<Asked> {
  const found = await listCampaignsOf(scope, recipientIds)
  const count = found.reduce((sum, { recipients }) => sum + recipients, 0)
  if (count < recipientIds.length) throw new AppError('not_found')
  return { recipientIds, campaignIds: found.map(({ campaignId }) => campaignId), count }
}

/** The run is over; a recurring campaign then waits for its next occurrence. */
const overStatuses: readonly string[] = ['completed', 'scheduled']

const sendingStatuses: readonly string[] = ['running', 'paused', 'halted', ...overStatuses]

const canSend = ({ status, runId }: CampaignState): boolean =>
  runId !== null && sendingStatuses.includes(status)

/** Campaigns whose run was over run again; one that somebody has cancelled meanwhile undoes the whole decision. */
async function letSend(core: Core, scope: WorkspaceScope, groups: readonly SettledGroup[]): Promise<void> {
  const campaignIds = [...new Set(groups.map(({ campaignId }) => campaignId))]
  for (const campaign of await listCampaignStates(scope, campaignIds, true)) {
    const { id, status, runId } = campaign
    const isNewest = groups.every((group) => group.campaignId !== id || group.runId === runId)
    if (!canSend(campaign) || !isNewest) throw new AppError('campaign_wrong_state', { status })
    if (overStatuses.includes(status)) await reopenRun(core, scope, id, runId ?? '')
  }
}

const targets: Readonly<Record<Decision, RecipientStatus>> = {
  arrived: 'accepted',
  send_again: 'queued',
  give_up: 'abandoned',
}

async function count(core: Core, scope: WorkspaceScope, decision: Decision, groups: readonly SettledGroup[]) {
  const figures = new FigureDeltas()
  const senders = new SenderTally()
  for (const { runId, senderId, count: people } of groups) {
    figures.move(runId, 'unknown', targets[decision], null, people)
    if (decision !== 'arrived' || senderId === null) continue
    for (let one = 0; one < people; one += 1) senders.move(senderId, 'unknown', 'accepted')
  }
  const { timeZone } = await findWorkspaceFacts(scope)
  await applySenderDays(scope, dayOf(timeZone, core.now()), senders.days)
  await applyFigures(scope, figures)
}

async function tell(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  decision: Decision,
  groups: readonly SettledGroup[],
): Promise<void> {
  const { workspaceId } = scope
  for (const [id, own] of Map.groupBy(groups, (group) => group.campaignId)) {
    const people = own.reduce((sum, group) => sum + group.count, 0)
    const details = { decision, people }
    await core.audit(scope, { actor, action: 'campaign.settle_unknown', subjectId: id, details })
    await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId, id })
  }
}
