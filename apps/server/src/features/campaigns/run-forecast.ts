import { SenderSettings } from '@siar/contract'
import { forecastRun, foreseeMoves, recipientZone } from '@siar/domain'
import type { Forecast as RunEnds, ForecastSender, MoneyInBoth, TierSender } from '@siar/domain'
import type { CampaignRow } from './campaigns.repo.ts'
import { senderUse, skipsLimits } from './prepare-run.ts'
import { rests } from './run-routing.ts'
import type { SenderFacts, WorkspaceFacts } from './start-facts.repo.ts'

/** What a run costs, in minor units of both currencies. */
export interface RunCost {
  readonly low: MoneyInBoth
  readonly likely: MoneyInBoth
  readonly high: MoneyInBoth
}

/** What was foretold when a run started, as it is kept with the run. */
export interface RunForecast {
  readonly recipients: number
  readonly skipped: number
  /** ISO text; null when no end was in sight. */
  readonly endAt: string | null
  /** Null where every sender sends for free. */
  readonly cost: RunCost | null
}

export interface ZoneCount {
  readonly zone: string | null
  readonly country: string | null
  readonly count: number
}

/** Night silence of a workspace in minutes; null when it is switched off. */
export function quietMinutes({ settings }: Pick<WorkspaceFacts, 'settings'>) {
  const { enabled, from, to } = settings.quietHours
  const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
  return enabled ? { fromMinute: minuteOf(from), toMinute: minuteOf(to) } : null
}

/**
 * When each sender is done with its share of a run.
 *
 * @param bySender People of each sender, as routing shares them out.
 * @param zones Where they live; only the proportions count.
 */
export function forecastEnds(
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  senders: readonly SenderFacts[],
  bySender: ReadonlyMap<string, number>,
  zones: readonly ZoneCount[],
  startAtMs: number,
): RunEnds {
  const byZone = new Map<string, number>()
  for (const { zone, country, count } of zones) {
    const name = recipientZone({ zone, country }, workspace.timeZone)
    byZone.set(name, (byZone.get(name) ?? 0) + count)
  }
  const counted = [...byZone.values()].reduce((sum, count) => sum + count, 0)
  const total = [...bySender.values()].reduce((sum, count) => sum + count, 0)
  const scale = total / Math.max(1, counted)
  return forecastRun({
    startAtMs,
    workspaceZone: workspace.timeZone,
    quietHours: quietMinutes(workspace),
    senders: senders.map((sender) => forecastSender(campaign, sender, bySender)),
    recipientsByZone: [...byZone].map(([zone, count]) => ({ zone, count: count * scale })),
  })
}

/** Whether night silence or caps can hold any of these senders: only then it matters where people live. */
export function isHeldByClock(senders: readonly SenderFacts[]): boolean {
  return senders.some(({ channel, settings }) => !skipsLimits(channel, SenderSettings.parse(settings)))
}

function forecastSender(
  campaign: CampaignRow,
  sender: SenderFacts,
  bySender: ReadonlyMap<string, number>,
): ForecastSender {
  const settings = SenderSettings.parse(sender.settings)
  return {
    senderId: sender.id,
    count: bySender.get(sender.id) ?? 0,
    use: senderUse(sender, campaign),
    waiting: sender.waiting,
    skipsLimits: skipsLimits(sender.channel, settings) && campaign.pacing === null,
  }
}

/** How routing has shared people out among the senders of a run. */
export interface SharedOut {
  readonly bySender: ReadonlyMap<string, number>
  /** Of them, people who keep their sender because they talk with it. */
  readonly staying: ReadonlyMap<string, number>
  /** The senders as routing sees them. */
  readonly routed: readonly TierSender[]
}

/** How many people each sender will send to, those counted who move away from senders that are capped for a day. */
export function foreseenCounts(
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  senders: readonly SenderFacts[],
  { bySender, staying, routed }: SharedOut,
  startAtMs: number,
): ReadonlyMap<string, number> {
  const byId = new Map(routed.map((sender) => [sender.senderId, sender]))
  const moving = senders.map((sender) => ({
    ...forecastSender(campaign, sender, bySender),
    staying: staying.get(sender.id) ?? 0,
    charged: byId.get(sender.id)?.tier === 'cloud_api',
    takes: byId.get(sender.id)?.healthy === true && !rests(campaign, sender),
  }))
  return foreseeMoves(moving, workspace.timeZone, startAtMs)
}
