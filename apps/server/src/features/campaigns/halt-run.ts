import type { WorkspaceScope } from '@siar/database'
import { haltUntilAtMs, recentHaltedDays } from '@siar/domain'
import type { HaltFacts, HaltReason } from '@siar/domain'
import { systemActor } from '../../core.ts'
import type { Core } from '../../core.ts'
import { updateCampaign } from './campaigns.repo.ts'
import { getRow } from './campaigns.service.ts'
import { dayOf } from './prepare-run.ts'
import { findGuardedRun, findRunHarm, hasWaitingElsewhere, writeRunHalt } from './run-harm.repo.ts'
import type { GuardedRun, RunMemory } from './run-harm.repo.ts'
import { updateRun } from './runs.repo.ts'
import { findWorkspaceFacts } from './start-facts.repo.ts'

/** What is known of a halt beside its reason. */
export interface HaltCause {
  readonly sender?: { readonly id: string; readonly name: string }
  readonly alarm?: HaltFacts['alarm']
}

/** A campaign that was halted just now, for those who tell people. */
export interface HaltedCampaign {
  readonly id: string
  readonly name: string
  readonly halt: HaltFacts
}

/** Halts a running campaign until a person decides. @returns null when it does not run: then nothing changed. */
export async function haltRun(
  core: Core,
  scope: WorkspaceScope,
  id: string,
  reason: HaltReason,
  cause: HaltCause = {},
): Promise<HaltedCampaign | null> {
  const { currentRunId, name } = await getRow(scope, id)
  const changes = { status: 'halted' as const, statusReason: reason }
  const moved = await updateCampaign(scope, id, ['running'], changes, core.now())
  if (!moved || !currentRunId) return null
  await updateRun(scope, currentRunId, ['running'], 'halted', null)
  const run = await findGuardedRun(scope, currentRunId)
  const halt = await remember(core, scope, currentRunId, run?.memory ?? null, reason, cause)
  const { harm, harmed, messages, usualOneOf } = halt.alarm ?? {}
  await core.audit(scope, {
    actor: systemActor(reason === 'guardian' ? 'guardian' : 'health'),
    action: 'campaign.halt',
    subjectId: id,
    details: { reason, ...(halt.alarm ? { harm, harmed, messages, usualOneOf, until: halt.until } : {}) },
  })
  await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId: scope.workspaceId, id })
  return { id, name, halt }
}

/** Only what the guardian counted has an end that depends on time; the rest ends when its cause is gone. */
async function remember(
  core: Core,
  scope: WorkspaceScope,
  runId: string,
  memory: RunMemory | null,
  reason: HaltReason,
  { sender, alarm = null }: HaltCause,
): Promise<HaltFacts> {
  const now = core.now()
  const { timeZone } = await findWorkspaceFacts(scope)
  const today = dayOf(timeZone, now)
  const haltedDays = recentHaltedDays(memory?.haltedDays ?? [], today)
  const untilMs = alarm ? haltUntilAtMs(timeZone, now.getTime(), haltedDays.length) : null
  const halt: HaltFacts = {
    reason,
    senderId: sender?.id ?? null,
    senderName: sender?.name ?? null,
    since: now.toISOString(),
    until: untilMs === null ? null : new Date(untilMs).toISOString(),
    alarm,
  }
  const days = alarm ? [...haltedDays, today] : haltedDays
  await writeRunHalt(scope, runId, halt, { countsFrom: null, ...memory, haltedDays: days })
  return halt
}

/** A person lets a run go on: what was counted until now is not counted again, and no sender is stopped any more. */
export async function forgetHalt(core: Core, scope: WorkspaceScope, runId: string): Promise<void> {
  const run = await findGuardedRun(scope, runId)
  if (!run) return
  const now = core.now()
  const { timeZone } = await findWorkspaceFacts(scope)
  const counts = await findRunHarm(scope, runId)
  const countsFrom = { at: now.toISOString(), day: dayOf(timeZone, now), counts }
  await writeRunHalt(scope, runId, null, { countsFrom, haltedDays: run.memory.haltedDays })
}

/**
 * WhatsApp limits one sender for this campaign: it stops on that sender and goes on with its others. With nobody left who
 * waits for another it is halted. @returns the halt, or null while it goes on.
 */
export async function stopRunOnSender(
  core: Core,
  scope: WorkspaceScope,
  campaignId: string,
  sender: { readonly id: string; readonly name: string },
): Promise<HaltedCampaign | null> {
  const { currentRunId } = await getRow(scope, campaignId)
  const run = currentRunId ? await findGuardedRun(scope, currentRunId) : null
  if (run?.status !== 'running') return null
  const stoppedSenders = [...new Set([...(run.memory.stoppedSenders ?? []), sender.id])]
  const memory = { ...run.memory, stoppedSenders }
  const halt: HaltFacts = {
    reason: 'guardian',
    senderId: sender.id,
    senderName: sender.name,
    since: core.now().toISOString(),
    until: null,
    alarm: null,
  }
  await writeRunHalt(scope, run.id, halt, memory)
  await core.bus.publishIn(scope, {
    kind: 'campaign.changed',
    workspaceId: scope.workspaceId,
    id: campaignId,
  })
  return haltIfStopped(core, scope, { ...run, memory }, sender)
}

/** Halts a run of which nobody waits for a sender that may go on. */
export async function haltIfStopped(
  core: Core,
  scope: WorkspaceScope,
  run: GuardedRun,
  sender?: HaltCause['sender'],
): Promise<HaltedCampaign | null> {
  const { stoppedSenders = [] } = run.memory
  if (await hasWaitingElsewhere(scope, run.id, stoppedSenders)) return null
  return haltRun(core, scope, run.campaignId, 'guardian', sender ? { sender } : {})
}
