import type { WorkspaceScope } from '@siar/database'
import type { Core } from '../../core.ts'
import { applyFigures, dayOf, findWorkspaceFacts, forgiveRun } from '../campaigns/index.ts'
import type { FigureDeltas } from '../campaigns/index.ts'
import { forgiveSender } from '../senders/index.ts'
import { findLastMessage } from './incoming.repo.ts'
import { applySenderDays } from './moves.repo.ts'
import type { SenderTally } from './tally.ts'

/** Somebody left because of a sender. */
export interface PersonalHarm {
  readonly contactId: string
  readonly senderId: string
  readonly harm: 'block' | 'opt_out'
}

export interface HarmCounters {
  readonly figures: FigureDeltas
  readonly tally: SenderTally
}

const dayMs = 86_400_000
/** Whoever leaves later than this after a message did not leave because of it. */
const answerDays = 7

/**
 * Counts that a person left: of the sender, and of the run whose message they last got from it within a week. Call it once
 * for each person, in the transaction that notes it, and `writeCounts` after everything else.
 *
 * @returns that run, or null.
 */
export async function countHarm(
  core: Core,
  scope: WorkspaceScope,
  { contactId, senderId, harm }: PersonalHarm,
  { figures, tally }: HarmCounters,
): Promise<string | null> {
  tally.add(senderId, harm === 'block' ? 'blocks' : 'optOuts')
  const since = new Date(core.now().getTime() - answerDays * dayMs)
  const last = await findLastMessage(scope, contactId, senderId, since)
  if (!last) return null
  figures.add(last.runId, harm, 1)
  await forgiveSender(scope, senderId, harm, last.acceptedAt)
  await forgiveRun(scope, last.runId, harm, last.acceptedAt)
  return last.runId
}

/** Adds to the counters of today. */
export async function writeCounts(
  core: Core,
  scope: WorkspaceScope,
  { figures, tally }: HarmCounters,
): Promise<void> {
  const { timeZone } = await findWorkspaceFacts(scope)
  await applySenderDays(scope, dayOf(timeZone, core.now()), tally.days)
  await applyFigures(scope, figures)
}
