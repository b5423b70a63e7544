import { SenderSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import {
  AppError,
  defaultWarmUpRamp,
  parseTemplate,
  contactVariables,
  canonicalVariableName,
  localDayNumber,
  messagesPerSecondUsual,
  pacingPerSecond,
  speedRuleOf,
} from '@siar/domain'
import type { ChannelKind, SenderUse, SpeedRule } from '@siar/domain'
import { loadSegments } from '../segments/index.ts'
import { segmentIdsOf } from './audience.repo.ts'
import type { AudienceRules } from './audience.repo.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import type { RunContent } from './run-content.ts'
import { findTemplateFacts, listCustomKeys } from './start-facts.repo.ts'
import type { SenderFacts, WorkspaceFacts } from './start-facts.repo.ts'

const dayMs = 86_400_000

/** The workspace's calendar day of an instant, `2026-11-20`. */
export function dayOf(zone: string, at: Date): string {
  return new Date(localDayNumber(zone, at.getTime()) * dayMs).toISOString().slice(0, 10)
}

/** The rules by which the people of a campaign are chosen and left out at an instant; segments follow their rule of now. */
export async function readRules(
  scope: WorkspaceScope,
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  now: Date,
): Promise<AudienceRules> {
  const { countries, frequencyCap } = workspace.settings
  const segments = await loadSegments(scope, segmentIdsOf(campaign.audience), now)
  return { purpose: campaign.purpose, countries, ...frequencyCap, now, segments }
}

/** @throws AppError `campaign_segment_unusable`: whom it names, or leaves out, cannot be told any more. */
export function requireSegments({ segments }: AudienceRules): void {
  const [segmentId] = segments.unusableIds
  if (segmentId !== undefined) throw new AppError('campaign_segment_unusable', { segmentId })
}

/**
 * Reads the message of a campaign as it is now.
 *
 * @throws AppError `campaign_no_message` without a template or text.
 */
export async function loadContent(
  scope: WorkspaceScope,
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
): Promise<RunContent> {
  const template = campaign.templateId ? await findTemplateFacts(scope, campaign.templateId) : null
  if (!template || !(template.texts.id?.trim() || template.texts.en?.trim())) {
    throw new AppError('campaign_no_message')
  }
  return {
    templateId: template.id,
    templateName: template.name,
    texts: template.texts,
    footer: template.footer,
    media: template.media,
    variables: campaign.variables,
    customKeys: await listCustomKeys(scope),
    language: workspace.language,
    category: template.category,
  }
}

/** Names the message uses without a default that are neither a contact field, a custom field nor given by the campaign. */
export function unknownVariables(content: RunContent): string[] {
  const given = Object.entries(content.variables).filter(([, value]) => value !== '')
  const known = new Set<string>([
    ...contactVariables,
    ...[...content.customKeys, ...given.map(([name]) => name)].map(canonicalVariableName),
  ])
  const unknown = new Set<string>()
  for (const text of [content.texts.id, content.texts.en]) {
    if (!text?.trim()) continue
    const parsed = parseTemplate(text, { knownNames: known, allowUnknown: true })
    if (parsed.ok) for (const name of parsed.ast.required) if (!known.has(name)) unknown.add(name)
  }
  return [...unknown]
}

/** How a sender is held back. */
export function speedRule(channel: string, settings: SenderSettings): SpeedRule {
  return speedRuleOf(channel as ChannelKind, settings.paced)
}

/** A simulator skips pacing, caps, warm-up and quiet hours unless it is told to obey them. */
export function skipsLimits(channel: string, settings: SenderSettings): boolean {
  return speedRule(channel, settings) === 'unlimited'
}

export function senderUse(sender: SenderFacts, campaign: Pick<CampaignRow, 'pacing'>): SenderUse {
  const settings = SenderSettings.parse(sender.settings)
  if (speedRule(sender.channel, settings) === 'per_second') return officialUse(sender, settings, campaign)
  const since = sender.numberSince ? Date.parse(sender.numberSince) : (sender.pairedAt?.getTime() ?? null)
  return {
    pacing: {
      delayMsMin: campaign.pacing?.delayMsMin ?? settings.delayMsMin,
      delayMsMax: campaign.pacing?.delayMsMax ?? settings.delayMsMax,
      hourlyCap: settings.hourlyCap,
      dailyCap: settings.dailyCap,
    },
    sentThisHour: 0,
    sentToday: sender.sentToday,
    numberSinceAtMs: settings.warmUp ? since : null,
    ramp: defaultWarmUpRamp,
  }
}

/** Caps and warm-up are for linked numbers: the official channel counts by the second, and people by the portfolio. */
function officialUse(
  { sentToday, throughputPerSecond }: SenderFacts,
  settings: SenderSettings,
  campaign: Pick<CampaignRow, 'pacing'>,
): SenderUse {
  const wanted = settings.cloud_api?.messagesPerSecond ?? messagesPerSecondUsual
  const pacing = pacingPerSecond(Math.min(wanted, throughputPerSecond ?? Infinity))
  return {
    pacing: { ...pacing, ...campaign.pacing },
    sentThisHour: 0,
    sentToday,
    numberSinceAtMs: null,
  }
}
