import { SenderSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import {
  AppError,
  dailyAllowance,
  limitsFreeText,
  microsOfAmount,
  planRoutes,
  priceCategoryOf,
  rotationCycle,
  cycleCounts,
  tierOf,
} from '@siar/domain'
import type {
  ChannelKind,
  CountedClass,
  PriceCategory,
  RoutePlan,
  RoutingPolicy,
  SenderTier,
  TierSender,
} from '@siar/domain'
import type { Tariff } from '../billing/index.ts'
import { findApprovedTexts } from './approved-texts.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import type { RunMessages } from './experiment-messages.ts'
import { dayOf, senderUse, speedRule } from './prepare-run.ts'
import type { MetCount, RunSenders } from './roads.repo.ts'
import { toRouteArrays } from './route-arrays.ts'
import { findRuns } from './runs.repo.ts'
import type { FreezeRoutes } from './routed-people.repo.ts'
import type { RunContent } from './run-content.ts'
import type { SenderFacts, WorkspaceFacts } from './start-facts.repo.ts'

/** Which road a sender is; only `cloud_api` is charged. */
export function senderTier(channel: string, settings: SenderSettings): SenderTier {
  return tierOf(channel as ChannelKind, settings.simulator?.standsFor ?? 'linked_device')
}

/** Statuses of senders that may serve a run, those that can come back by themselves included: their recipients wait. */
const servingStatuses: readonly string[] = ['online', 'reconnecting', 'restricted', 'offline']

export function servingSenders(senders: readonly SenderFacts[]): SenderFacts[] {
  return senders.filter((sender) => servingStatuses.includes(sender.status))
}

/** Whether a sender rests from what a campaign sends: the guardian halts marketing alone. */
export function rests(campaign: Pick<CampaignRow, 'purpose'>, sender: Pick<SenderFacts, 'halted'>): boolean {
  return sender.halted && campaign.purpose === 'marketing'
}

/**
 * What routing asks of the senders of a campaign, for sharing out people who talk with none of them. Senders that can send now are
 * healthy; where there is none, those that are connected but rest; where there is none either, all that may serve it.
 */
export function routedSenders(
  campaign: Pick<CampaignRow, 'purpose' | 'rotation' | 'weights' | 'pacing'>,
  senders: readonly SenderFacts[],
  workspace: Pick<WorkspaceFacts, 'timeZone'>,
  now: Date,
): TierSender[] {
  const facts = senders.map((sender) => {
    const settings = SenderSettings.parse(sender.settings)
    const isCapped = speedRule(sender.channel, settings) === 'paced'
    const isShut = isCapped && (settings.dailyCap === 0 || settings.hourlyCap === 0)
    const weight = campaign.weights[sender.id] ?? 1
    const use = senderUse(sender, campaign)
    const left = dailyAllowance(use, workspace.timeZone, now.getTime()) - sender.sentToday - sender.waiting
    return {
      sender,
      weight,
      isUsable: !isShut && (campaign.rotation !== 'weighted' || weight > 0),
      roomToday: !isCapped || left === Infinity ? null : Math.max(0, left),
      tier: senderTier(sender.channel, settings),
    }
  })
  const usable = facts.filter(({ isUsable }) => isUsable).map(({ sender }) => sender)
  const online = usable.filter(({ status }) => status === 'online')
  const sending = online.filter((sender) => !rests(campaign, sender))
  const healthy = [sending, online, usable].find(({ length }) => length > 0) ?? []
  return facts.map(({ sender, isUsable: _, ...rest }) => ({
    ...rest,
    senderId: sender.id,
    waiting: sender.waiting,
    healthy: healthy.includes(sender),
  }))
}

/** What stands in the way of sharing people out; null when nothing does. */
export function roadBlock(
  campaign: Pick<CampaignRow, 'rotation' | 'weights'>,
  senders: readonly TierSender[],
): 'campaign_weights_zero' | 'sender_caps_zero' | null {
  if (senders.some(({ healthy }) => healthy)) return null
  const allWeighNothing = campaign.rotation === 'weighted' && senders.every(({ weight }) => weight === 0)
  return allWeighNothing ? 'campaign_weights_zero' : 'sender_caps_zero'
}

/** The rotation as a list of sender ids that repeats over the recipients; empty when no sender can take any. */
export function rotationPattern(
  campaign: Pick<CampaignRow, 'rotation'>,
  senders: readonly TierSender[],
  recipients: number,
): string[] {
  return rotationCycle(senders, campaign.rotation, recipients)
}

/** Everything that decides who goes by which road, read at one instant. */
export interface RoutingFacts {
  readonly campaign: CampaignRow
  readonly workspace: WorkspaceFacts
  readonly senders: readonly TierSender[]
  readonly tariff: Tariff
  readonly categories: readonly PriceCategory[]
  readonly now: Date
}

/** The price categories of what a run sends: one, or those of its variants. */
export function categoriesOf({ content, experiment }: RunMessages): PriceCategory[] {
  const contents = [content, ...(experiment?.variants ?? []).map((variant) => variant.content)]
  return [...new Set(contents.map((one) => priceCategoryOf(one?.category ?? 'marketing')))]
}

export const runSenders = (senders: readonly TierSender[]): RunSenders => ({
  senderIds: senders.map(({ senderId }) => senderId),
  chargedIds: senders.filter(({ tier }) => tier === 'cloud_api').map(({ senderId }) => senderId),
  windowedIds: senders.filter(({ needsWindow }) => needsWindow).map(({ senderId }) => senderId),
})

/** The senders, those marked that take a message of these only in an open window. */
export async function markWindowed(
  scope: WorkspaceScope,
  senders: readonly TierSender[],
  facts: readonly Pick<SenderFacts, 'id' | 'channel'>[],
  contents: readonly RunContent[],
): Promise<TierSender[]> {
  const limited = facts.filter(({ channel }) => limitsFreeText(channel as ChannelKind)).map(({ id }) => id)
  if (limited.length === 0) return [...senders]
  const approved = await findApprovedTexts(scope, limited, contents)
  return senders.map((sender) => {
    const isApproved = contents.every((content) => approved.has(sender.senderId, content))
    return limited.includes(sender.senderId) ? { ...sender, needsWindow: !isApproved } : sender
  })
}

/** `markWindowed` for a run that has started. */
export async function windowedOf(
  scope: WorkspaceScope,
  runId: string | null,
  senders: readonly TierSender[],
  facts: readonly Pick<SenderFacts, 'id' | 'channel'>[],
): Promise<TierSender[]> {
  const runs = runId === null ? [] : await findRuns(scope, [runId])
  return markWindowed(scope, senders, facts, runs.flatMap(contentsOf))
}

/** Every message a run may send. */
export function contentsOf({ content, experiment }: RunMessages): RunContent[] {
  const variants = (experiment?.variants ?? []).flatMap((variant) => variant.content ?? [])
  return [content, ...variants]
}

/** The limits of paid messages: the workspace's, and the campaign's budget where that is lower. */
function policyOf({ campaign, workspace, tariff, now }: RoutingFacts): RoutingPolicy {
  const { preset, paidMessagesMax, paidUsdMinorMax } = workspace.settings.routing
  const limits = [
    ...(paidUsdMinorMax === null
      ? []
      : [microsOfAmount({ amountMinor: paidUsdMinorMax, currency: 'USD' }, 1)]),
    ...(campaign.budget ? [tariff.microsOn(dayOf(workspace.timeZone, now), campaign.budget)] : []),
  ]
  return { preset, paidMessagesMax, paidMicrosMax: limits.length > 0 ? Math.min(...limits) : null }
}

/** What a template to a country costs; of several variants the dearest, so that a limit holds for each. */
export function templatePrice({ tariff, categories, workspace, now }: RoutingFacts, country: string | null) {
  const day = dayOf(workspace.timeZone, now)
  const prices = categories.map((category) => tariff.prices.find(country, category, day))
  return prices.includes(null) ? null : Math.max(...prices.map((price) => price ?? 0))
}

/** How the people of a run are shared out, and what it means for the forecast. */
export interface RunRoutes {
  readonly freeze: FreezeRoutes
  readonly bySender: ReadonlyMap<string, number>
  /** Null where no sender is charged. */
  readonly plan: RoutePlan | null
  /** The most the paid messages may cost, in millionths of a US dollar; null without a limit. */
  readonly limitMicros: number | null
}

/**
 * Shares the counted people of a run out among its senders; the forecast and the start make the same of the same counts.
 *
 * Without a charged sender everybody is shared out by turns over all of them.
 */
export function routeRun(facts: RoutingFacts, met: readonly MetCount[]): RunRoutes {
  const { campaign, senders } = facts
  const reached = met.filter(({ reason }) => reason === null)
  const { chargedIds } = runSenders(senders)
  if (chargedIds.length === 0) return byTurns(campaign, senders, reached)
  const policy = policyOf(facts)
  const plan = planRoutes(classesOf(facts, reached), senders, policy, campaign.rotation)
  const freeze = { kind: 'tiers', arrays: toRouteArrays(plan), chargedIds } as const
  return { freeze, bySender: plan.bySender, plan, limitMicros: policy.paidMicrosMax }
}

function byTurns(
  campaign: CampaignRow,
  senders: readonly TierSender[],
  reached: readonly MetCount[],
): RunRoutes {
  const bySender = new Map<string, number>()
  const add = (senderId: string, count: number) =>
    bySender.set(senderId, (bySender.get(senderId) ?? 0) + count)
  let strangers = 0
  for (const { sticky, count } of reached) {
    if (sticky === null) strangers += count
    else add(sticky, count)
  }
  const pattern = rotationPattern(campaign, senders, strangers)
  for (const [senderId, count] of cycleCounts(pattern, strangers)) add(senderId, count)
  return {
    freeze: { kind: 'rotation', pattern, reason: campaign.rotation },
    bySender,
    plan: null,
    limitMicros: null,
  }
}

/** The classes that `routedPeople` tells apart. */
function classesOf(facts: RoutingFacts, reached: readonly MetCount[]): CountedClass[] {
  const { chargedIds } = runSenders(facts.senders)
  const classes = new Map<string, CountedClass>()
  for (const { sticky, free, freeBy, country, count } of reached) {
    const place = country ?? ''
    const isCharged = sticky === null || chargedIds.includes(sticky)
    const key =
      free !== null
        ? `${freeBy ?? 'open_window'}/${free}`
        : sticky === null
          ? `new/${place}`
          : `talks/${sticky}${isCharged ? `/${place}` : ''}`
    const known = classes.get(key)
    classes.set(key, {
      key,
      count: (known?.count ?? 0) + count,
      freeSenderId: free,
      freeBy: freeBy ?? 'open_window',
      stickySenderId: sticky,
      price: free === null && isCharged ? templatePrice(facts, country) : 0,
    })
  }
  return [...classes.values()]
}

/** @throws AppError `campaign_weights_zero`, `sender_caps_zero`. */
export function requireRoads(campaign: CampaignRow, senders: readonly TierSender[]): void {
  const block = roadBlock(campaign, senders)
  if (block !== null) throw new AppError(block)
}
