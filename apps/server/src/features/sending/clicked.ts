import type { WorkspaceScope } from '@siar/database'
import type { Core } from '../../core.ts'
import { applyFigures, dayOf, FigureDeltas, findWorkspaceFacts } from '../campaigns/index.ts'
import type { ClickedPerson } from '../links/index.ts'
import { applySenderDays } from './moves.repo.ts'
import { SenderTally } from './tally.ts'

/**
 * Counts people who followed a link for the first time, in the transaction that marked them. A message that was `unknown`
 * until the click counts as read from then on.
 */
export async function countClicked(
  core: Core,
  scope: WorkspaceScope,
  people: readonly ClickedPerson[],
): Promise<void> {
  const figures = new FigureDeltas()
  const senders = new SenderTally()
  for (const { runId, senderId, settled } of people) {
    figures.add(runId, 'clicked', 1)
    if (!settled) continue
    figures.move(runId, 'unknown', 'read', null)
    senders.move(senderId, 'unknown', 'read')
  }
  const { timeZone } = await findWorkspaceFacts(scope)
  await applySenderDays(scope, dayOf(timeZone, core.now()), senders.days)
  await applyFigures(scope, figures)
  const { workspaceId } = scope
  for (const id of new Set(people.map(({ campaignId }) => campaignId))) {
    await core.bus.publishIn(scope, { kind: 'campaign.progress', workspaceId, id })
  }
}
