import type { Forecast } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { instantOf } from '@siar/domain'
import type { WorkspaceId } from '@siar/domain'
import { occurrencesOf } from '@siar/domain/recurrence'
import type { Core, Language } from '../../core.ts'
import { readTariff } from '../billing/index.ts'
import { approvalAdvice } from './approval-advice.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import { getRow } from './campaigns.service.ts'
import { freezeGroupsOf } from './experiment-run.ts'
import type { RunExperiment } from './experiment-run.ts'
import { readMessage } from './forecast-message.ts'
import { blockersOf, contentWarnings, moneyWarnings } from './forecast-notices.ts'
import { renderAudience } from './forecast-samples.ts'
import { dayOf, readRules } from './prepare-run.ts'
import { findQuotaUse } from './quota.repo.ts'
import { restingWarnings } from './resting-senders.ts'
import { countMet } from './roads.repo.ts'
import type { MetCount } from './roads.repo.ts'
import { costOf } from './run-cost.ts'
import { holdToPortfolios, portfolioWarnings } from './portfolio-forecast.ts'
import { forecastEnds, foreseenCounts } from './run-forecast.ts'
import {
  categoriesOf,
  contentsOf,
  markWindowed,
  roadBlock,
  routedSenders,
  routeRun,
  runSenders,
  servingSenders,
} from './run-routing.ts'
import type { RoutingFacts } from './run-routing.ts'
import { scaledCounts } from './scaled-counts.ts'
import { seriesAdvice } from './series-advice.ts'
import { allowLongStatements, findWorkspaceFacts, listCampaignSenders } from './start-facts.repo.ts'

/** What would happen if a campaign started now: the same rules and the same code as the start and the lanes. */
export interface ForecastService {
  forecast(workspaceId: WorkspaceId, id: string, language: Language): Promise<Forecast>
}

export function createForecastService(core: Core): ForecastService {
  return {
    forecast: (workspaceId, id, language) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await allowLongStatements(scope)
        const campaign = await getRow(scope, id)
        return forecast(core, scope, campaign, language)
      }),
  }
}

async function forecast(
  core: Core,
  scope: WorkspaceScope,
  campaign: CampaignRow,
  language: Language,
): Promise<Forecast> {
  const now = core.now()
  const workspace = await findWorkspaceFacts(scope)
  const senders = await listCampaignSenders(scope, campaign.senderIds, dayOf(workspace.timeZone, now))
  const serving = servingSenders(senders)
  const message = await readMessage(core, scope, campaign, workspace, language)
  const { content, experiment, renderer } = message
  const contents = content ? contentsOf({ content, experiment }) : []
  const routed = await markWindowed(
    scope,
    routedSenders(campaign, serving, workspace, now),
    serving,
    contents,
  )
  const rules = await readRules(scope, campaign, workspace, now)
  const groups = experiment && freezeGroupsOf(campaign.id, experiment)
  const met = await countMet(scope, campaign.audience, rules, groups, runSenders(routed))
  const facts: RoutingFacts = {
    campaign,
    workspace,
    senders: routed,
    tariff: await readTariff(scope),
    categories: content ? categoriesOf({ content, experiment }) : ['marketing'],
    now,
  }
  const routes = routeRun(facts, met)
  const reaching = met.filter(({ reason }) => reason === null)
  const allowed = sum(reaching)
  const left = routes.plan?.left ?? { budget: 0, window_closed: 0, no_sender: 0 }
  const planned = Math.max(0, allowed - left.budget - left.window_closed - left.no_sender)
  const rendering = renderer
    ? await renderAudience(scope, campaign, rules, renderer, allowed)
    : { missing: 0, samples: [] }
  const missing = Math.round(rendering.missing * (planned / Math.max(1, allowed)))
  const recipients = planned - missing
  const share = recipients / Math.max(1, planned)
  const startAtMs = startOf(campaign, now)
  const shared = {
    bySender: scaledCounts(routes.bySender, recipients),
    staying: countStaying(reaching),
    routed,
  }
  const bySender = foreseenCounts(campaign, workspace, serving, shared, startAtMs)
  const { ends, holds } = await holdToPortfolios(
    scope,
    forecastEnds(campaign, workspace, serving, bySender, reaching, startAtMs),
    { workspace, senders: serving, bySender, inWindow: countInWindow(reaching), startAtMs, now },
  )
  const ended = new Map(ends.bySender.map((one) => [one.senderId, one.finishesAtMs]))
  const quota = await findQuotaUse(scope, workspace, now)
  const found = {
    senders,
    recipients,
    isSegmentUnusable: rules.segments.unusableIds.length > 0,
    overBudget: left.budget,
    isTestTooSmall: experiment !== null && isTestTooSmall(experiment, met),
    roadBlock: serving.length === 0 ? null : roadBlock(campaign, routed),
    quota,
    unpriced: routes.plan?.unpriced ?? 0,
  }
  return {
    audience: sum(met),
    recipients,
    skipped: skippedOf(met, { missing_variable: missing, ...left }),
    senders: senders.map(({ id, name, status }) => ({
      senderId: id,
      name,
      status,
      recipients: bySender.get(id) ?? 0,
      endAt: iso(ended.get(id) ?? null),
    })),
    startAt: new Date(startAtMs).toISOString(),
    endAt: iso(ends.finishesAtMs),
    cost: costOf(facts, routes, met, share),
    quota: quota && {
      limit: quota.limit,
      used: quota.used,
      needed: recipients,
      renewsAt: new Date(quota.renewsAtMs).toISOString(),
    },
    groups: experiment ? groupsOf(met) : [],
    nextStarts: nextStartsOf(campaign, now),
    blockers: [...message.blockers, ...blockersOf(found, language)],
    warnings: [
      ...(content ? contentWarnings(core, content, campaign, senders, renderer, recipients, language) : []),
      ...(await approvalAdvice(scope, serving, contents, language)),
      ...moneyWarnings(found, language),
      ...portfolioWarnings(holds, language),
      ...seriesAdvice(campaign, now, language),
      ...(await restingWarnings(scope, campaign, usedSenders(bySender), language)),
    ],
    samples: rendering.samples,
  }
}

const sum = (counts: readonly { count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0)

/** People who keep the sender they talk with, by that sender. */
function countStaying(reaching: readonly MetCount[]): ReadonlyMap<string, number> {
  const staying = new Map<string, number>()
  for (const { free, sticky, count } of reaching) {
    const senderId = free ?? sticky
    if (senderId !== null) staying.set(senderId, (staying.get(senderId) ?? 0) + count)
  }
  return staying
}

/** People who wrote to a sender within 24 hours, by that sender. */
function countInWindow(reaching: readonly MetCount[]): ReadonlyMap<string, number> {
  const open = new Map<string, number>()
  for (const { free, freeBy, count } of reaching) {
    if (free !== null && freeBy === 'open_window') open.set(free, (open.get(free) ?? 0) + count)
  }
  return open
}

const usedSenders = (bySender: ReadonlyMap<string, number>): string[] =>
  [...bySender].filter(([, count]) => count > 0).map(([senderId]) => senderId)

const iso = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString())

function skippedOf(met: readonly MetCount[], more: Readonly<Record<string, number>>) {
  const byReason = new Map<string, number>(Object.entries(more))
  for (const { reason, count } of met) {
    if (reason !== null) byReason.set(reason, (byReason.get(reason) ?? 0) + count)
  }
  return [...byReason]
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count)
}

/** The rule of the start: somebody is chosen, and nobody of them gets what is tested. */
function isTestTooSmall({ variants }: RunExperiment, met: readonly MetCount[]): boolean {
  const chosen = met.filter(({ reason }) => reason === null || reason === 'holdout')
  const served = chosen.filter(({ reason }) => reason === null)
  const tested = variants.length === 0 ? served : served.filter(({ variant }) => variant !== null)
  return chosen.length > 0 && tested.length === 0
}

/** The groups of an experiment, `rest` being those who wait for the winner or get the message of the campaign itself. */
function groupsOf(met: readonly MetCount[]): { key: string; people: number }[] {
  const people = new Map<string, number>()
  for (const { reason, variant, count } of met) {
    if (reason !== null && reason !== 'holdout') continue
    const key = variant ?? 'rest'
    people.set(key, (people.get(key) ?? 0) + count)
  }
  const place = (key: string) => (key === 'holdout' ? 0 : key === 'rest' ? 2 : 1)
  return [...people]
    .map(([key, count]) => ({ key, people: count }))
    .sort((a, b) => place(a.key) - place(b.key) || (a.key < b.key ? -1 : 1))
}

function startOf(campaign: CampaignRow, now: Date): number {
  if (campaign.startAt !== null && campaign.status === 'scheduled') return campaign.startAt.getTime()
  const { schedule } = campaign
  if (schedule.kind === 'now' || schedule.kind === 'recipient_local') return now.getTime()
  const start =
    schedule.kind === 'recurring'
      ? occurrencesOf(schedule, now.getTime(), 1)[0]
      : instantOf(schedule.at, schedule.timeZone)
  return Math.max(now.getTime(), start ?? 0)
}

const nextStartsCount = 5

function nextStartsOf({ schedule }: CampaignRow, now: Date): string[] {
  if (schedule.kind !== 'recurring') return []
  return occurrencesOf(schedule, now.getTime(), nextStartsCount).map((atMs) => new Date(atMs).toISOString())
}
