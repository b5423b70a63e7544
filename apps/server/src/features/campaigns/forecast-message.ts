import type { WorkspaceScope } from '@siar/database'
import { errorTable, isAppError } from '@siar/domain'
import type { Core, Language } from '../../core.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import { loadMessages } from './experiment-messages.ts'
import type { RunMessages } from './experiment-messages.ts'
import { createAudienceRenderer, oneForAll } from './experiment-renderer.ts'
import type { AudienceRenderer } from './experiment-renderer.ts'
import { toRunExperiment } from './experiment-run.ts'
import { blocker } from './forecast-notices.ts'
import type { Notice } from './forecast-notices.ts'
import { sampleLinks } from './link-advice.ts'
import { createMessageRenderer } from './message-renderer.ts'
import { loadContent, unknownVariables } from './prepare-run.ts'
import type { RunContent } from './run-content.ts'
import type { WorkspaceFacts } from './start-facts.repo.ts'

/** The message of a campaign as far as it can be read, and what is wrong with it. */
export interface ForecastMessage {
  readonly content: RunContent | null
  readonly renderer: AudienceRenderer | null
  /** Its experiment also while a message is still missing: the shares are known before. */
  readonly experiment: RunMessages['experiment']
  readonly blockers: readonly Notice[]
}

export async function readMessage(
  core: Core,
  scope: WorkspaceScope,
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  language: Language,
): Promise<ForecastMessage> {
  const experiment = campaign.experiment && toRunExperiment(campaign.experiment, [], core.now())
  try {
    const messages = await loadMessages(scope, campaign, workspace, core.now())
    const renderer = createAudienceRenderer(campaign.id, messages, sampleLinks(core, campaign))
    return { ...messages, renderer, blockers: [] }
  } catch (error) {
    if (!isAppError(error)) throw error
    const own = await readOwn(core, scope, campaign, workspace, language)
    const variant = error.details?.['variant']
    if (own.blockers.length > 0 || typeof variant !== 'string') return { ...own, experiment }
    const message = `${errorTable[error.code][language]} (${variant})`
    return { ...own, experiment, blockers: [{ code: error.code, message }] }
  }
}

async function readOwn(
  core: Core,
  scope: WorkspaceScope,
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  language: Language,
): Promise<Omit<ForecastMessage, 'experiment'>> {
  try {
    const content = await loadContent(scope, campaign, workspace)
    const compiled = createMessageRenderer(content, sampleLinks(core, campaign))
    if (!compiled.ok) return { content, renderer: null, blockers: [blocker('template_invalid', language)] }
    const unknown = unknownVariables(content)
    const names = unknown.map((name) => `{${name}}`).join(', ')
    const blockers = unknown.length > 0 ? [blocker('unknown_variable', language, names)] : []
    return { content, renderer: oneForAll(compiled.renderer), blockers }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { content: null, renderer: null, blockers: [blocker('campaign_no_message', language)] }
  }
}
