import type { Sender } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError, haltText, haltUntilAtMs, recentHaltedDays } from '@siar/domain'
import type { HaltFacts, HarmAlarm, HarmSpan, SenderId, WorkspaceId } from '@siar/domain'
import { systemActor } from '../../core.ts'
import type { Actor, Core } from '../../core.ts'
import { getSender, presentOne } from './sender-finish.ts'
import {
  findGuardedSender,
  findLanguage,
  findSenderHarm,
  haltSenderRow,
  listWaitingCampaigns,
  releaseSenderRow,
} from './sender-harm.repo.ts'
import { dayOf } from './sender-health.ts'
import { findTimeZone, insertSenderEvent } from './senders.repo.ts'

/** Halting the marketing of a sender, and letting it go on. */
export interface SenderHaltService {
  /**
   * Stops marketing on a sender in every campaign until a person releases it; replies and service messages go on.
   *
   * @returns the halt, or null when it was halted already or is gone: of several callers at once one gets it.
   */
  halt(
    workspaceId: WorkspaceId,
    senderId: string,
    alarm: HarmAlarm & { readonly span: HarmSpan },
  ): Promise<HaltFacts | null>
  /**
   * Lets a halted sender send marketing again; what it met before is not counted any more. Twice equals once.
   *
   * @throws AppError `halt_not_over` before the halt's `until` without `confirmEarly`; `not_found`.
   */
  release(workspaceId: WorkspaceId, actor: Actor, senderId: SenderId, confirmEarly: boolean): Promise<Sender>
}

export function createSenderHaltService(core: Core): SenderHaltService {
  return {
    halt: (workspaceId, senderId, alarm) =>
      core.inWorkspace(workspaceId, (scope) => halt(core, scope, senderId, alarm)),
    release: (workspaceId, actor, senderId, confirmEarly) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await release(core, scope, actor, senderId, confirmEarly)
        return presentOne(core, scope, await getSender(scope, senderId))
      }),
  }
}

async function halt(
  core: Core,
  scope: WorkspaceScope,
  senderId: string,
  alarm: HarmAlarm & { readonly span: HarmSpan },
): Promise<HaltFacts | null> {
  const sender = await findGuardedSender(scope, senderId, true)
  if (!sender || sender.halt) return null
  const now = core.now()
  const zone = await findTimeZone(scope)
  const today = dayOf(zone, now.getTime())
  const haltedDays = recentHaltedDays(sender.memory.haltedDays, today)
  const facts: HaltFacts = {
    reason: 'guardian',
    senderId,
    senderName: sender.name,
    since: now.toISOString(),
    until: new Date(haltUntilAtMs(zone, now.getTime(), haltedDays.length)).toISOString(),
    alarm,
  }
  await haltSenderRow(scope, senderId, facts, { ...sender.memory, haltedDays: [...haltedDays, today] })
  const { harm, harmed, messages, usualOneOf } = alarm
  const details = { harm, harmed, messages, usualOneOf, until: facts.until }
  const words = haltText({ ...facts, senderName: null })[await findLanguage(scope)]
  await tell(core, scope, { actor: systemActor('guardian'), action: 'sender.halt', senderId, details, words })
  return facts
}

async function release(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  senderId: string,
  confirmEarly: boolean,
): Promise<void> {
  const sender = await findGuardedSender(scope, senderId, true)
  if (!sender) throw new AppError('not_found')
  if (!sender.halt) return
  const now = core.now()
  const { until } = sender.halt
  const early = until !== null && now < new Date(until)
  if (early && !confirmEarly) throw new AppError('halt_not_over', { until })
  const day = dayOf(await findTimeZone(scope), now.getTime())
  const counts = await findSenderHarm(scope, [senderId], { from: day, to: day, withoutHalted: false })
  const countsFrom = { at: now.toISOString(), day, counts }
  await releaseSenderRow(scope, senderId, { ...sender.memory, countsFrom }, now)
  await tell(core, scope, { actor, action: 'sender.release', senderId, details: { early }, words: '' })
}

interface Told {
  readonly actor: Actor
  readonly action: 'sender.halt' | 'sender.release'
  readonly senderId: string
  readonly details: Readonly<Record<string, unknown>>
  /** In the language of the workspace. */
  readonly words: string
}

/** The event on the sender's page, the audit line, the word to its lane and to open screens. */
async function tell(core: Core, scope: WorkspaceScope, told: Told): Promise<void> {
  const { actor, action, senderId, details, words } = told
  await insertSenderEvent(scope, {
    id: core.newId('evt'),
    workspaceId: scope.workspaceId,
    senderId,
    kind: action === 'sender.halt' ? 'guardian_halted' : 'guardian_released',
    detail: words,
    at: core.now(),
  })
  await core.audit(scope, { actor, action, subjectId: senderId, details })
  const { workspaceId } = scope
  await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id: senderId })
  for (const id of await listWaitingCampaigns(scope, senderId)) {
    await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId, id })
  }
}
