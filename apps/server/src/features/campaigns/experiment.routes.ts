import { experimentOperations as operations } from '@siar/contract'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { ExperimentService } from './experiment.service.ts'

export function experimentBindings(experiments: ExperimentService): Binding[] {
  return [
    bind(operations.chooseWinner, ({ workspaceId, actor, params, body }) =>
      experiments.chooseWinner(workspaceId, actor, params.campaignId, body.variant),
    ),
  ]
}
