import type { Forecast } from '@siar/contract'
import { SenderSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { forecastRun, instantOf, isAppError, recipientZone } from '@siar/domain'
import type { ForecastSender, WorkspaceId } from '@siar/domain'
import type { Core, Language } from '../../core.ts'
import { countAudience, listAudienceContacts } from './audience.repo.ts'
import type { AudienceContactRow, AudienceRules } from './audience.repo.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import { getRow } from './campaigns.service.ts'
import { checkContent } from './content-check.ts'
import { linkAdvice, sampleShortener } from './link-advice.ts'
import { createMessageRenderer } from './message-renderer.ts'
import type { MessageRenderer, RenderContact } from './message-renderer.ts'
import { dayOf, loadContent, rulesOf, senderUse, skipsLimits, unknownVariables } from './prepare-run.ts'
import type { RunContent } from './run-content.ts'
import { allowLongStatements, findWorkspaceFacts, listCampaignSenders } from './start-facts.repo.ts'
import type { SenderFacts, WorkspaceFacts } from './start-facts.repo.ts'

const samplesCount = 3
const chunkSize = 5_000
/** Beyond so many people the missing values are counted over the first ones and scaled up. */
const renderedMax = 100_000

/** What would happen if a campaign started now: the same rules and the same code as the start and the lanes. */
export interface ForecastService {
  forecast(workspaceId: WorkspaceId, id: string, language: Language): Promise<Forecast>
}

export function createForecastService(core: Core): ForecastService {
  return {
    forecast: (workspaceId, id, language) =>
      core.inWorkspace(workspaceId, (scope) => forecast(core, scope, id, language)),
  }
}

interface Blocker {
  readonly code: string
  readonly message: string
}

async function forecast(
  core: Core,
  scope: WorkspaceScope,
  id: string,
  language: Language,
): Promise<Forecast> {
  await allowLongStatements(scope)
  const now = core.now()
  const campaign = await getRow(scope, id)
  const workspace = await findWorkspaceFacts(scope)
  const rules = rulesOf(campaign, workspace, now)
  const counts = await countAudience(scope, campaign.audience, rules)
  const reaching = counts.filter(({ reason }) => reason === null)
  const allowed = sum(reaching)
  const senders = await listCampaignSenders(scope, campaign.senderIds, dayOf(workspace.timeZone, now))
  const { content, renderer, blockers } = await readMessage(core, scope, campaign, workspace, language)
  const rendering = renderer
    ? await renderAudience(scope, campaign, rules, renderer, allowed)
    : { missing: 0, samples: [] }
  const recipients = Math.max(0, allowed - rendering.missing)
  const startAtMs = startOf(campaign, now)
  const ends = forecastEnds(
    campaign,
    workspace,
    senders,
    reaching,
    recipients / Math.max(1, allowed),
    startAtMs,
  )
  const skipped = skippedOf(counts, rendering.missing)
  return {
    audience: sum(counts),
    recipients,
    skipped,
    senders: ends.senders,
    startAt: new Date(startAtMs).toISOString(),
    endAt: ends.endAt,
    cost: null,
    quota: null,
    groups: [],
    nextStarts: [],
    blockers: [...blockers, ...audienceBlockers(senders, recipients, language)],
    warnings: content ? warningsOf(core, content, campaign, senders, renderer, recipients, language) : [],
    samples: rendering.samples,
  }
}

const sum = (counts: readonly { count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0)

function skippedOf(counts: readonly { reason: string | null; count: number }[], missing: number) {
  const byReason = new Map<string, number>()
  for (const { reason, count } of counts) {
    if (reason !== null) byReason.set(reason, (byReason.get(reason) ?? 0) + count)
  }
  if (missing > 0) byReason.set('missing_variable', missing)
  return [...byReason].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
}

const blockerTexts = {
  campaign_no_message: { id: 'Belum ada templat pesan.', en: 'No message template yet.' },
  template_invalid: { id: 'Teks templat belum benar.', en: 'The template text is not right yet.' },
  unknown_variable: { id: 'Variabel tidak dikenal: ', en: 'Unknown variables: ' },
  campaign_no_recipients: {
    id: 'Tidak ada orang yang dapat dikirimi.',
    en: 'There is nobody this can be sent to.',
  },
  campaign_no_sender: { id: 'Belum ada nomor pengirim.', en: 'There is no sending number yet.' },
  sender_not_online: {
    id: 'Tidak ada nomor pengirim yang tersambung.',
    en: 'No sending number is connected.',
  },
} as const

const blocker = (code: keyof typeof blockerTexts, language: Language, tail = ''): Blocker => ({
  code,
  message: blockerTexts[code][language] + tail,
})

async function readMessage(
  core: Core,
  scope: WorkspaceScope,
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  language: Language,
): Promise<{ content: RunContent | null; renderer: MessageRenderer | null; blockers: Blocker[] }> {
  try {
    const content = await loadContent(scope, campaign, workspace)
    const compiled = createMessageRenderer(content, sampleShortener(core, campaign))
    if (!compiled.ok) return { content, renderer: null, blockers: [blocker('template_invalid', language)] }
    const unknown = unknownVariables(content)
    const names = unknown.map((name) => `{${name}}`).join(', ')
    const blockers = unknown.length > 0 ? [blocker('unknown_variable', language, names)] : []
    return { content, renderer: compiled.renderer, blockers }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { content: null, renderer: null, blockers: [blocker('campaign_no_message', language)] }
  }
}

function audienceBlockers(
  senders: readonly SenderFacts[],
  recipients: number,
  language: Language,
): Blocker[] {
  const blockers: Blocker[] = []
  if (recipients === 0) blockers.push(blocker('campaign_no_recipients', language))
  if (senders.length === 0) blockers.push(blocker('campaign_no_sender', language))
  else if (!senders.some(({ status }) => status === 'online'))
    blockers.push(blocker('sender_not_online', language))
  return blockers
}

function warningsOf(
  core: Core,
  content: RunContent,
  campaign: CampaignRow,
  senders: readonly SenderFacts[],
  renderer: MessageRenderer | null,
  recipients: number,
  language: Language,
) {
  const facts = { recipients, variantsCount: renderer?.variantsCount ?? 1 }
  const advice = [
    ...checkContent(content, campaign.purpose, facts),
    ...linkAdvice(core, campaign, content, senders),
  ]
  return advice.map(({ code, message }) => ({ code, message: message[language] }))
}

/** Renders people in chunks to count those who miss a value; the first texts are the samples. */
async function renderAudience(
  scope: WorkspaceScope,
  campaign: CampaignRow,
  rules: AudienceRules,
  renderer: MessageRenderer,
  allowed: number,
): Promise<{ missing: number; samples: { contactName: string; text: string }[] }> {
  const samples: { contactName: string; text: string }[] = []
  const wanted = renderer.required.length > 0 ? renderedMax : samplesCount
  let rendered = 0
  let missing = 0
  let after = ''
  while (rendered < wanted) {
    const limit = Math.min(chunkSize, wanted - rendered)
    const rows = await listAudienceContacts(scope, campaign.audience, rules, after, limit)
    for (const row of rows) {
      const { text } = renderer.render(toContact(row), row.contact_id)
      if (text === undefined) missing += 1
      else if (samples.length < samplesCount) samples.push({ contactName: row.full_name, text })
    }
    rendered += rows.length
    after = rows.at(-1)?.contact_id ?? ''
    if (rows.length < limit) break
  }
  const scale = rendered > 0 && rendered < allowed ? allowed / rendered : 1
  return { missing: Math.round(missing * scale), samples }
}

function toContact(row: AudienceContactRow): RenderContact {
  const { address, email, company, language, custom } = row
  return {
    fullName: row.full_name,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: address.startsWith('+') ? address : null,
    email,
    company,
    language,
    custom,
  }
}

function startOf(campaign: CampaignRow, now: Date): number {
  if (campaign.startAt !== null && campaign.status === 'scheduled') return campaign.startAt.getTime()
  const { schedule } = campaign
  if (schedule.kind === 'now') return now.getTime()
  const start = schedule.kind === 'recipient_local' ? null : instantOf(schedule.at, schedule.timeZone)
  return Math.max(now.getTime(), start ?? 0)
}

function forecastEnds(
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  senders: readonly SenderFacts[],
  reaching: readonly { zone: string | null; country: string | null; count: number }[],
  share: number,
  startAtMs: number,
) {
  const { quietHours } = workspace.settings
  const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
  const online = senders.filter(({ status }) => status === 'online')
  const serving = online.length > 0 ? online : senders
  const byZone = new Map<string, number>()
  for (const { zone, country, count } of reaching) {
    const name = recipientZone({ zone, country }, workspace.timeZone)
    byZone.set(name, (byZone.get(name) ?? 0) + count)
  }
  const result = forecastRun({
    startAtMs,
    workspaceZone: workspace.timeZone,
    quietHours: quietHours.enabled
      ? { fromMinute: minuteOf(quietHours.from), toMinute: minuteOf(quietHours.to) }
      : null,
    rotation: campaign.rotation,
    senders: serving.map((sender) => forecastSender(sender, campaign)),
    recipientsByZone: [...byZone].map(([zone, count]) => ({ zone, count: Math.round(count * share) })),
  })
  const iso = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString())
  const bySender = new Map(result.bySender.map((one) => [one.senderId, one]))
  return {
    endAt: iso(result.finishesAtMs),
    senders: senders.map(({ id, name, status }) => ({
      senderId: id,
      name,
      status,
      recipients: bySender.get(id)?.count ?? 0,
      endAt: iso(bySender.get(id)?.finishesAtMs ?? null),
    })),
  }
}

function forecastSender(sender: SenderFacts, campaign: CampaignRow): ForecastSender {
  const settings = SenderSettings.parse(sender.settings)
  const isFree = skipsLimits(sender.channel, settings)
  return {
    senderId: sender.id,
    weight: isFree ? 1000 : Math.max(1, settings.dailyCap),
    use: senderUse(sender, campaign),
    waiting: sender.waiting,
    skipsLimits: isFree && campaign.pacing === null,
  }
}
