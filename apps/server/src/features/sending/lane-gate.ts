import type { CapUse, GateRecipient, GateShared, PairTimes, PreparedGate } from '@siar/domain'
import { prepareGate, recipientZone } from '@siar/domain'
import type { WorkspaceFacts } from '../campaigns/index.ts'
import { skipsLimits } from '../campaigns/index.ts'
import type { OwnedSender } from '../senders/index.ts'
import type { DueRow } from './take.repo.ts'
import { quietHoursOf } from './workspace-context.ts'
import type { LaneRun } from './workspace-context.ts'

/** What a lane knows of its sender besides the session: speed, caps and locks. */
export interface LaneState {
  readonly caps: readonly CapUse[]
  /** The pacing slot; null where the lane does not pace. */
  readonly nextSlotAtMs: number | null
  readonly newChatsLockedUntilMs: number | null
  /** Who just got a message of this sender; null where the channel does not mind. */
  readonly pairs: PairTimes | null
  /** Numbers that could not be looked up, with when it is worth trying again; null where nobody looks up. */
  readonly unaskable: ReadonlyMap<string, number> | null
}

const recheckMs = 30_000

/**
 * Weighs the workspace, a run and a sender once for many recipients.
 *
 * The frequency rules of the workspace are two caps (day and week); the gate knows one. They reach it as one cap of 1 that
 * `toGateRecipient` fills when either is reached.
 */
export function gateFor(
  workspace: WorkspaceFacts,
  run: Pick<LaneRun, 'purpose'>,
  sender: OwnedSender,
  state: LaneState,
  nowAtMs: number,
  money: { readonly left: number | null; readonly quota: GateShared['campaign']['quota'] },
  needsOpenWindow: boolean,
): PreparedGate {
  const { caps, nextSlotAtMs, newChatsLockedUntilMs } = state
  const { afterUnanswered } = workspace.settings.frequencyCap
  const shared: GateShared = {
    nowAtMs,
    recheckMs,
    campaign: {
      status: 'running',
      purpose: run.purpose,
      startsAtMs: null,
      quietHours: quietHoursOf(workspace),
      frequencyCap: 1,
      unansweredLimit: afterUnanswered > 0 ? afterUnanswered : null,
      quota: money.quota,
      budgetLeftMicros: money.left,
      needsOpenWindow,
    },
    sender: {
      status: sender.status,
      skipsLimits: skipsLimits(sender.channel, sender.settings),
      guardianHalted: sender.isHalted && run.purpose === 'marketing',
      caps,
      nextSlotAtMs,
      newChatsLockedUntilMs,
    },
  }
  return prepareGate(shared)
}

/** Somebody no rule is against: shows whether workspace, run and sender alone make everybody wait. */
export function anybody(zone: string): GateRecipient {
  return {
    hasAddress: true,
    active: true,
    erased: false,
    suppressed: false,
    consent: 'granted',
    zone,
    notBeforeAtMs: null,
    marketingInWindow: 0,
    unanswered: 0,
    windowUntilMs: null,
    costMicros: 0,
    knownToSender: true,
  }
}

export interface RecipientContext {
  /** Marketing messages this contact gets in the batch at work, not yet in the database. */
  readonly taken: number
  readonly costMicros: number | null
  readonly notBeforeAtMs: number | null
  /** Until when text that nobody approved may go to them. */
  readonly windowUntilMs: number | null
}

export function toGateRecipient(
  row: DueRow,
  workspace: WorkspaceFacts,
  { taken, costMicros, notBeforeAtMs, windowUntilMs }: RecipientContext,
): GateRecipient {
  const { perDay, perWeek } = workspace.settings.frequencyCap
  const reached = (perDay > 0 && row.today + taken >= perDay) || (perWeek > 0 && row.week + taken >= perWeek)
  return {
    hasAddress: row.has_address,
    active: row.active,
    erased: row.erased,
    suppressed: row.suppressed,
    consent: row.consent,
    zone: recipientZone({ zone: row.time_zone, country: row.country }, workspace.timeZone),
    notBeforeAtMs,
    marketingInWindow: reached ? 1 : 0,
    unanswered: row.unanswered + taken,
    windowUntilMs,
    costMicros,
    knownToSender: row.known,
  }
}
