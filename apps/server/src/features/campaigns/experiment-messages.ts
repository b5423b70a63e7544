import type { Experiment } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError, isAppError } from '@siar/domain'
import type { CampaignRow } from './campaigns.repo.ts'
import { toRunExperiment } from './experiment-run.ts'
import type { RunExperiment } from './experiment-run.ts'
import { createMessageRenderer } from './message-renderer.ts'
import { loadContent, unknownVariables } from './prepare-run.ts'
import type { RunContent } from './run-content.ts'
import type { WorkspaceFacts } from './start-facts.repo.ts'

/** What a run sends: its own message, and those of its variants. */
export interface RunMessages {
  readonly content: RunContent
  /** Null without an experiment. */
  readonly experiment: RunExperiment | null
}

/**
 * Reads and checks everything a campaign may send. Where every variant has a template of its own the campaign needs none;
 * the message of the first variant then stands for it.
 *
 * @throws AppError `campaign_no_message`, `template_invalid`, `unknown_variable`; for a variant `variant_no_message` or
 *         the latter two, with its key in `details.variant`.
 */
export async function loadMessages(
  scope: WorkspaceScope,
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  startedAt: Date,
): Promise<RunMessages> {
  const { experiment } = campaign
  const own = needsOwnMessage(campaign) ? await loadChecked(scope, campaign, workspace) : null
  if (!experiment) return { content: own as RunContent, experiment: null }
  const contents: (RunContent | null)[] = []
  for (const variant of experiment.variants) {
    contents.push(await loadVariant(scope, campaign, workspace, variant))
  }
  const content = own ?? (contents[0] as RunContent)
  return { content, experiment: toRunExperiment(experiment, contents, startedAt) }
}

function needsOwnMessage({ templateId, experiment }: CampaignRow): boolean {
  const variants = experiment?.variants ?? []
  return templateId !== null || variants.length === 0 || variants.some((variant) => !variant.templateId)
}

async function loadVariant(
  scope: WorkspaceScope,
  campaign: CampaignRow,
  workspace: WorkspaceFacts,
  { key, templateId }: Experiment['variants'][number],
): Promise<RunContent | null> {
  if (templateId === null) return null
  try {
    return await loadChecked(scope, { ...campaign, templateId }, workspace)
  } catch (error) {
    if (!isAppError(error)) throw error
    const code = error.code === 'campaign_no_message' ? 'variant_no_message' : error.code
    throw new AppError(code, { ...error.details, variant: key, reason: `variant ${key}` }, { cause: error })
  }
}

async function loadChecked(scope: WorkspaceScope, campaign: CampaignRow, workspace: WorkspaceFacts) {
  const content = await loadContent(scope, campaign, workspace)
  const renderer = createMessageRenderer(content, { optOut: () => '' })
  if (!renderer.ok) throw new AppError('template_invalid', { errors: renderer.errors })
  const unknown = unknownVariables(content)
  if (unknown.length > 0) throw new AppError('unknown_variable', { names: unknown })
  return content
}
