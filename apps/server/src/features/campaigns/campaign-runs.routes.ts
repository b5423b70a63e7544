import { campaignRunOperations as operations } from '@siar/contract'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { CampaignRunsService } from './campaign-runs.service.ts'

export function campaignRunBindings(runs: CampaignRunsService): Binding[] {
  return [
    bind(operations.clone, ({ workspaceId, actor, params, body, language }) =>
      runs.clone(workspaceId, actor, params.campaignId, body, language),
    ),
    bind(operations.listRuns, ({ workspaceId, params, query, language }) =>
      runs.listRuns(workspaceId, params.campaignId, query, language),
    ),
    bind(operations.skip, ({ workspaceId, actor, params, body }) =>
      runs.skip(workspaceId, actor, params.campaignId, new Date(body.occurrenceAt)),
    ),
  ]
}
