import type { WorkspaceScope } from '@siar/database'
import type { Core } from '../../core.ts'
import { applyFigures, FigureDeltas } from '../campaigns/index.ts'
import type { Refusal } from './refusal.ts'
import { requeueRefusedOne } from './requeue-late.repo.ts'
import { retryDelayMs } from './settle.ts'

/** Tries after which a message that is refused late, again and again, stays refused. */
const triesMax = 3

/**
 * Queues somebody again whose accepted message was refused later with a reason that means "not now": WhatsApp tells of a
 * cooled person or a failed upload only then. It is refused for good, so it goes under a new id. An upload is tried again
 * once. A run that is over stays so; there the recipient can be tried again by hand.
 */
export async function requeueLate(core: Core, refusal: Refusal): Promise<void> {
  const { workspaceId, lateRecipientId = null, action, reason, retryAfterMs } = refusal
  if (lateRecipientId === null) return
  const tries = action === 'upload_again' ? 2 : triesMax
  await core.inWorkspace(workspaceId, async (scope) => {
    const dueAt = new Date(core.now().getTime() + (retryAfterMs ?? retryDelayMs(action, 1)))
    const requeued = await requeueRefusedOne(scope, { recipientId: lateRecipientId, tries, dueAt, reason })
    if (requeued) await count(core, scope, requeued, reason)
  })
}

async function count(
  core: Core,
  scope: WorkspaceScope,
  { runId, campaignId }: { runId: string; campaignId: string },
  reason: string,
): Promise<void> {
  const figures = new FigureDeltas()
  figures.move(runId, 'refused', 'queued', null)
  figures.add(runId, `refused:${reason}`, -1)
  await applyFigures(scope, figures)
  await core.bus.publishIn(scope, {
    kind: 'campaign.changed',
    workspaceId: scope.workspaceId,
    id: campaignId,
  })
}
