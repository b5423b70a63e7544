import type { WorkspaceScope } from '@siar/database'
import { createRouter, defaultWarmUpRamp } from '@siar/domain'
import type { RoutingSender, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { getRow } from './campaigns.service.ts'
import { listBusySenders, moveSome } from './move-capped.repo.ts'
import { dayOf } from './prepare-run.ts'
import { rests, routedSenders, windowedOf } from './run-routing.ts'
import { listCampaignsOnSender } from './runs.repo.ts'
import { findWorkspaceFacts, listCampaignSenders } from './start-facts.repo.ts'

const dayMs = 86_400_000
/** The people one look moves from one sender and campaign; the next look goes on. */
const movedMax = 2_000

/**
 * Lets people who wait for a sender that has sent all it may today go by senders of their campaign that can send them today, unless they
 * talk with it. Only as many as have room there, so nobody is moved to and fro, and never from a sender that is free of charge to
 * one that is charged.
 */
export async function moveCapped(core: Core): Promise<void> {
  const now = core.now()
  const days = [-1, 0, 1].map((ahead) => dayOf('UTC', new Date(now.getTime() + ahead * dayMs)))
  const sentMin = Math.min(...defaultWarmUpRamp.steps.map(({ perDay }) => perDay))
  const busy = await core.inSystem((scope) => listBusySenders(scope, now, days, sentMin))
  for (const { id, workspace_id } of busy) {
    await core.inWorkspace(workspace_id as WorkspaceId, (scope) => moveFromCapped(core, scope, id))
  }
}

async function moveFromCapped(core: Core, scope: WorkspaceScope, senderId: string): Promise<void> {
  const workspace = await findWorkspaceFacts(scope)
  const now = core.now()
  for (const { id, current_run_id } of await listCampaignsOnSender(scope, senderId, ['running'])) {
    const campaign = await getRow(scope, id)
    const all = await listCampaignSenders(scope, campaign.senderIds, dayOf(workspace.timeZone, now))
    // Who waits for the sender itself says nothing about its cap.
    const facts = all
      .filter((sender) => sender.id === senderId || !rests(campaign, sender))
      .map((sender) => (sender.id === senderId ? { ...sender, waiting: 0 } : sender))
    const senders = await windowedOf(
      scope,
      current_run_id,
      routedSenders(campaign, facts, workspace, now),
      facts,
    )
    const capped = senders.find((sender) => sender.senderId === senderId)
    if (!current_run_id || capped?.roomToday !== 0) continue
    const others = senders.filter(
      ({ senderId: other, healthy, needsWindow, tier }) =>
        other !== senderId &&
        healthy &&
        !needsWindow &&
        (tier !== 'cloud_api' || capped.tier === 'cloud_api'),
    )
    const pattern = roomyPattern(others, campaign.rotation)
    if (pattern.length === 0) continue
    if ((await moveSome(scope, current_run_id, senderId, pattern)) === 0) continue
    await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId: scope.workspaceId, id })
  }
}

/** The rotation as long as there is room today. */
function roomyPattern(
  senders: readonly RoutingSender[],
  rotation: Parameters<typeof createRouter>[1],
): string[] {
  const router = createRouter(senders, rotation)
  const room = senders.reduce((sum, { roomToday }) => sum + (roomToday ?? movedMax), 0)
  const length = Math.min(movedMax, room)
  return Array.from({ length }, () => router.next().senderId).filter((id) => id !== null)
}
