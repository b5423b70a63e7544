import type { Core } from '../../core.ts'
import { applyFigures, completeRuns, dayOf, FigureDeltas } from '../campaigns/index.ts'
import type { OwnedSender, OwnedSenders } from '../senders/index.ts'
import { renderText } from './judge-batch.ts'
import { applyMoves, applySenderDays, finishAttempts, insertMessages } from './moves.repo.ts'
import type { Move, OutcomeRow, OutgoingMessage } from './moves.repo.ts'
import { lockOpenAttempts, requeueDispatching } from './recover.repo.ts'
import type { OpenAttempt } from './recover.repo.ts'
import { SenderTally, tallyMoves } from './tally.ts'
import { runFor } from './workspace-context.ts'
import type { LaneRun, WorkspaceContext } from './workspace-context.ts'

const attemptsPerTransaction = 1_000

/**
 * Applies the crash rules to what an earlier owner of a sender was dispatching.
 *
 * Where the channel shows an id once, the message goes again under the same id. Elsewhere, and after a restore, it is `unknown`, until a receipt or
 * a person settles it. What a receipt has settled already keeps its state. Nobody stands claimed without an attempt:
 * a claim is a row lock and ends with its transaction. Running it twice changes nothing more.
 *
 * @throws LeaseLost when the sender is no longer this process's.
 */
export async function recoverSender(
  core: Core,
  owned: OwnedSenders,
  context: WorkspaceContext,
  sender: OwnedSender,
): Promise<void> {
  for (;;) {
    const found = await core.inWorkspace(sender.workspaceId, async (scope) => {
      await owned.lockLease(scope, sender)
      const open = await lockOpenAttempts(scope, sender.senderId, sender.epoch, attemptsPerTransaction)
      if (open.length === 0) return 0
      const runs = await context.runs(scope, [...new Set(open.map((attempt) => attempt.run_id))])
      const { timeZone } = await context.facts(scope)
      await settleOpen(core, scope, sender, open, runs, dayOf(timeZone, core.now()))
      return open.length
    })
    if (found > 0) {
      core.logger.info(
        { senderId: sender.senderId, attempts: found },
        'attempts of an earlier process were settled',
      )
    }
    if (found < attemptsPerTransaction) return
  }
}

type Scope = Parameters<Parameters<Core['inWorkspace']>[1]>[0]

async function settleOpen(
  core: Core,
  scope: Scope,
  sender: OwnedSender,
  open: readonly OpenAttempt[],
  runs: ReadonlyMap<string, LaneRun>,
  day: string,
): Promise<void> {
  const now = core.now()
  const inDoubt = open.filter((attempt) => attempt.status === 'dispatching' && attempt.is_newest)
  const again = sender.capabilities.dedupesOurId ? inDoubt.filter((attempt) => !isRestored(attempt)) : []
  const finished = open.filter((attempt) => !again.includes(attempt))
  const figures = new FigureDeltas()
  const senders = new SenderTally()
  await requeueDispatching(
    scope,
    again.map((attempt) => attempt.id),
    now,
  )
  await finishAttempts(scope, finished.map(outcomeOf), now)
  const moved = await applyMoves(
    scope,
    finished.filter((attempt) => inDoubt.includes(attempt)).map(moveOf),
    now,
  )
  await insertMessages(
    scope,
    finished.flatMap((attempt) => messageOf(attempt, runs)),
    now,
  )
  tallyMoves(moved, figures, senders)
  await applySenderDays(scope, day, senders.days)
  await applyFigures(scope, figures)
  await completeRuns(core, scope, [...new Set(finished.map((attempt) => attempt.run_id))])
}

/** Known from a backup alone: what became of it since nobody can say, so it never goes again by itself. */
const isRestored = (attempt: OpenAttempt): boolean => attempt.attempt_reason === 'restored'

const doubtOf = (attempt: OpenAttempt): string => (isRestored(attempt) ? 'restored' : 'crashed')

function outcomeOf(attempt: OpenAttempt): OutcomeRow {
  const { attempt_id, status, is_newest } = attempt
  const arrived = is_newest && ['accepted', 'delivered', 'read', 'replied'].includes(status)
  return {
    attemptId: attempt_id,
    outcome: arrived ? 'accepted' : 'unknown',
    reason: arrived ? null : doubtOf(attempt),
    channelMessageId: null,
  }
}

function moveOf(attempt: OpenAttempt): Move {
  const { attempt_id, id } = attempt
  const none = { dueAt: null, sameId: false, acceptedAt: null, deliveredAt: null, readAt: null }
  return { ...none, attemptId: attempt_id, recipientId: id, target: 'unknown', reason: doubtOf(attempt) }
}

/** The text that was on its way, rendered again: the same template, values and seed give the same text. */
function messageOf(attempt: OpenAttempt, runs: ReadonlyMap<string, LaneRun>): OutgoingMessage[] {
  const whole = runs.get(attempt.run_id)
  const run = whole && runFor(whole, attempt.variant)
  const text = run ? renderText(attempt, run) : null
  if (!run || text === null) return []
  return [
    {
      id: attempt.attempt_id,
      contactId: attempt.contact_id,
      senderId: attempt.sender_id,
      recipientId: attempt.id,
      text,
      mediaId: run.content.media?.id ?? null,
      channelMessageId: null,
    },
  ]
}
