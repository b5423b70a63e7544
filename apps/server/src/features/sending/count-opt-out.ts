import type { WorkspaceScope } from '@siar/database'
import type { Core } from '../../core.ts'
import { FigureDeltas } from '../campaigns/index.ts'
import { countHarm, writeCounts } from './count-harm.ts'
import { findSenderOfRun } from './incoming.repo.ts'
import { SenderTally } from './tally.ts'

/** Counts that a person left by the link in a message of this run, of its sender and its run, as an answer with STOP counts. */
export async function countOptOut(
  core: Core,
  scope: WorkspaceScope,
  { contactId, runId }: { readonly contactId: string; readonly runId: string },
): Promise<void> {
  const senderId = await findSenderOfRun(scope, contactId, runId)
  if (senderId === null) return
  const counts = { figures: new FigureDeltas(), tally: new SenderTally() }
  await countHarm(core, scope, { contactId, senderId, harm: 'opt_out' }, counts)
  await writeCounts(core, scope, counts)
}
