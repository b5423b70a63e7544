import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { TierSender } from '@siar/domain'
import { readTariff } from '../billing/index.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import type { RunMessages } from './experiment-messages.ts'
import { freezeGroupsOf } from './experiment-run.ts'
import { applyFigures, FigureDeltas } from './figures.repo.ts'
import { freezeAudience } from './freeze.repo.ts'
import type { FrozenCount } from './freeze.repo.ts'
import { findLocalDue } from './local-start.ts'
import { readRules, requireSegments } from './prepare-run.ts'
import { findQuotaUse } from './quota.repo.ts'
import { countMet } from './roads.repo.ts'
import { costOf } from './run-cost.ts'
import { holdToPortfolios } from './portfolio-forecast.ts'
import { forecastEnds, foreseenCounts, isHeldByClock } from './run-forecast.ts'
import type { RunForecast } from './run-forecast.ts'
import { countZones, saveRunPlan } from './run-plan.repo.ts'
import {
  categoriesOf,
  contentsOf,
  markWindowed,
  requireRoads,
  routedSenders,
  routeRun,
  runSenders,
} from './run-routing.ts'
import type { RoutingFacts } from './run-routing.ts'
import { setRunRecipients } from './runs.repo.ts'
import type { SenderFacts, WorkspaceFacts } from './start-facts.repo.ts'

/** A run that is being started, with everything read for it at one instant. */
export interface StartingRun {
  readonly runId: string
  readonly campaign: CampaignRow
  readonly workspace: WorkspaceFacts
  readonly messages: RunMessages
  /** Senders that may serve it. */
  readonly senders: readonly SenderFacts[]
  readonly now: Date
}

/** Up to so many people it is looked up where they live, to foretell when night holds the run up. */
const zonedMax = 100_000

/**
 * Freezes the audience of a run, gives each person a sender, counts the figures and keeps what is foretold.
 *
 * Where a sender is charged, or the shortest queue decides, the audience is counted first and planned as in the forecast.
 *
 * @returns How many recipients came out of it.
 * @throws AppError `campaign_weights_zero`, `sender_caps_zero`, `quota_used_up`, `campaign_segment_unusable`.
 */
export async function freezeRun(scope: WorkspaceScope, start: StartingRun): Promise<FrozenCount[]> {
  const { runId, campaign, workspace, messages, now } = start
  const senders = await markWindowed(
    scope,
    routedSenders(campaign, start.senders, workspace, now),
    start.senders,
    contentsOf(messages),
  )
  requireRoads(campaign, senders)
  await requireQuota(scope, start)
  const rules = await readRules(scope, campaign, workspace, now)
  requireSegments(rules)
  const experiment = messages.experiment && freezeGroupsOf(campaign.id, messages.experiment)
  const asked = runSenders(senders)
  const isCounted = asked.chargedIds.length > 0 || campaign.rotation === 'least_loaded'
  const met = isCounted ? await countMet(scope, campaign.audience, rules, experiment, asked) : []
  const tariff = await readTariff(scope)
  const facts: RoutingFacts = {
    campaign,
    workspace,
    senders,
    tariff,
    categories: categoriesOf(messages),
    now,
  }
  const routes = routeRun(facts, met)
  const localDue = await findLocalDue(scope, campaign.schedule, workspace.timeZone)
  const target = {
    campaignId: campaign.id,
    runId,
    senders: asked,
    routes: routes.freeze,
    experiment,
    localDue,
  }
  const counts = await freezeAudience(scope, campaign.audience, rules, target)
  await countFigures(scope, runId, counts)
  const forecast = await foretell(scope, start, senders, counts)
  await saveRunPlan(scope, runId, {
    forecast: { ...forecast, cost: costOf(facts, routes, met, 1) },
    budget: campaign.budget,
  })
  return counts
}

/** @throws AppError `quota_used_up` when this month has no message left. */
async function requireQuota(scope: WorkspaceScope, { workspace, now }: StartingRun): Promise<void> {
  const quota = await findQuotaUse(scope, workspace, now)
  if (quota && quota.left === 0) throw new AppError('quota_used_up', { limit: quota.limit, used: quota.used })
}

async function countFigures(
  scope: WorkspaceScope,
  runId: string,
  counts: readonly FrozenCount[],
): Promise<void> {
  const deltas = new FigureDeltas()
  for (const { status, reason, count } of counts) {
    deltas.add(runId, status, count)
    if (reason !== null) deltas.add(runId, `skipped:${reason}`, count)
  }
  await applyFigures(scope, deltas)
  await setRunRecipients(scope, runId, sumOf(counts))
}

async function foretell(
  scope: WorkspaceScope,
  { runId, campaign, workspace, senders, now }: StartingRun,
  routed: readonly TierSender[],
  counts: readonly FrozenCount[],
): Promise<RunForecast> {
  const queued = counts.filter(({ status }) => status === 'queued')
  const recipients = sumOf(queued)
  const shared = {
    bySender: countBySender(queued),
    staying: countBySender(queued.filter(({ stays }) => stays)),
    routed,
  }
  const bySender = foreseenCounts(campaign, workspace, senders, shared, now.getTime())
  const isZoned = isHeldByClock(senders) && recipients <= zonedMax
  const everywhere = [{ zone: workspace.timeZone, country: null, count: recipients }]
  const zones = isZoned ? await countZones(scope, runId) : everywhere
  const startAtMs = now.getTime()
  const inWindow = countBySender(queued.filter((one) => one.inWindow))
  const { ends } = await holdToPortfolios(
    scope,
    forecastEnds(campaign, workspace, senders, bySender, zones, startAtMs),
    { workspace, senders, bySender, inWindow, startAtMs, now },
  )
  return {
    recipients,
    skipped: sumOf(counts) - recipients,
    endAt: ends.finishesAtMs === null ? null : new Date(ends.finishesAtMs).toISOString(),
    cost: null,
  }
}

const sumOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0)

function countBySender(counts: readonly FrozenCount[]): ReadonlyMap<string, number> {
  const bySender = new Map<string, number>()
  for (const { senderId, count } of counts) {
    if (senderId !== null) bySender.set(senderId, (bySender.get(senderId) ?? 0) + count)
  }
  return bySender
}
