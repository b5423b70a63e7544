import { SenderSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { Core } from '../../core.ts'
import { getRow } from './campaigns.service.ts'
import { dayOf } from './prepare-run.ts'
import { rests, rotationPattern, routedSenders, senderTier, windowedOf } from './run-routing.ts'
import { listCampaignsOnSender, moveWaiting } from './runs.repo.ts'
import { findWorkspaceFacts, listCampaignSenders } from './start-facts.repo.ts'
import type { SenderFacts } from './start-facts.repo.ts'

const isCharged = ({ channel, settings }: SenderFacts): boolean =>
  senderTier(channel, SenderSettings.parse(settings)) === 'cloud_api'

/**
 * Lets people who wait for a sender that is gone move to online senders of their campaign, by its rotation, unless they talk with it.
 * Nobody moves from a sender that is free of charge to one that is charged: that costs what nobody had planned.
 */
export async function moveFromSender(core: Core, scope: WorkspaceScope, senderId: string): Promise<void> {
  const workspace = await findWorkspaceFacts(scope)
  const now = core.now()
  for (const { id, current_run_id } of await listCampaignsOnSender(scope, senderId, ['running', 'paused'])) {
    const campaign = await getRow(scope, id)
    const all = await listCampaignSenders(scope, campaign.senderIds, dayOf(workspace.timeZone, now))
    const gone = all.find((sender) => sender.id === senderId)
    const mayCost = gone !== undefined && isCharged(gone)
    const others = all.filter(
      (sender) =>
        sender.id !== senderId &&
        sender.status === 'online' &&
        !rests(campaign, sender) &&
        (mayCost || !isCharged(sender)),
    )
    const routed = routedSenders(campaign, others, workspace, now)
    const open = (await windowedOf(scope, current_run_id, routed, others)).filter(
      ({ needsWindow }) => !needsWindow,
    )
    const pattern = rotationPattern(campaign, open, open.length)
    if (pattern.length === 0 || !current_run_id) continue
    const moved = await moveWaiting(scope, current_run_id, senderId, pattern)
    if (moved > 0)
      await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId: scope.workspaceId, id })
  }
}
