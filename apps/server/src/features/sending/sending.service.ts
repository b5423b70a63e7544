import type { Receipt } from '@siar/channel'
import { assertNever, findHarmOfReason, refusalReasons } from '@siar/domain'
import type { RefusalAction, RefusalReason, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import type { JobBinding } from '../../jobs/job-queue.ts'
import type { Mailer } from '../../mail/mailer.ts'
import type { CampaignControlService, SendSingle } from '../campaigns/index.ts'
import { createKeywordAnswers } from '../consent/index.ts'
import type { ConsentLedger } from '../consent/index.ts'
import { createSenderHaltService } from '../senders/index.ts'
import type { ForwardedEvent, ForwardEvents, OwnedSenders, Schedule, SenderRef } from '../senders/index.ts'
import { boundId } from './bound-id.ts'
import { guardJobs } from './guardian.jobs.ts'
import { Deadlines } from './deadlines.ts'
import { createGuardian } from './guardian.service.ts'
import type { Guardian } from './guardian.service.ts'
import { createTellHalts } from './halt-mails.ts'
import { createIncomingService } from './incoming.service.ts'
import type { IncomingService } from './incoming.service.ts'
import { answerJobs, handAnswer } from './keyword-answers.jobs.ts'
import { LaneManager } from './lane-manager.ts'
import type { Moved } from './moves.repo.ts'
import type { ReceiptRow } from './receipts.repo.ts'
import { createRefusalEffects, nameSender } from './refusal-effects.ts'
import type { RefusalEffects } from './refusal-effects.ts'
import type { Refusal } from './refusal.ts'
import { createSingleSender } from './single-message.ts'
import { realSchedule } from './wait.ts'
import type { Settled } from './workspace-writer.ts'

export interface SendingDependencies {
  readonly control: CampaignControlService
  readonly ledger: ConsentLedger
  /** Tells people of halts; without one nobody is mailed. */
  readonly mailer?: Pick<Mailer, 'post'>
}

export interface SendingOptions {
  /** Recipients a batched lane takes at once. */
  readonly batchSize?: number
  /** A call to a channel that takes longer ends as `unknown`. */
  readonly sendTimeoutMs?: number
  /** Real time unless told. */
  readonly schedule?: Schedule
  /**
   * How long the lanes of a workspace gather before they claim and write together, in real time; paced lanes only. Short beside
   * the pauses between messages, and it saves most of the work of the database. 100 ms unless told.
   */
  readonly gatherMs?: number
  /** The pauses of one sender, each in [0, 1); the process's own randomness unless told. */
  readonly randomOf?: (senderId: string) => () => number
}

/** The lanes of this process and what channels report to them. */
export interface Sending {
  /** For the session manager: receipts, incoming messages and blocks of a session. Rejects until `start`. */
  readonly forwardEvents: ForwardEvents
  /** For the session manager: halts every campaign that uses a banned sender. */
  readonly onSenderBanned: (sender: SenderRef, reason: string | null) => Promise<void>
  /** Halts a running campaign whose text Meta lets nobody send any more, and tells its people. */
  readonly haltForTemplate: (workspaceId: WorkspaceId, campaignId: string) => Promise<void>
  /** One message outside of campaigns, such as a test; `not_sent` where the sender lives in another process. */
  readonly sendSingle: SendSingle
  /** The regular rounds of the guardian; `scheduleGuard` puts them on the schedule. */
  readonly jobs: readonly JobBinding[]
  /** Starts a lane for each sender this process owns, now and later. */
  start(owned: OwnedSenders): void
  /** Ends the lanes; what they handed out is written first, as long as the leases hold. */
  stop(): Promise<void>
}

interface Started {
  readonly lanes: LaneManager
  readonly incoming: IncomingService
  readonly effects: RefusalEffects
  readonly sendSingle: SendSingle
}

export function createSending(
  core: Core,
  { control, ledger, mailer }: SendingDependencies,
  {
    batchSize = 250,
    sendTimeoutMs = 60_000,
    schedule = realSchedule,
    gatherMs = 100,
    randomOf = () => core.random,
  }: SendingOptions = {},
): Sending {
  let started: Started | null = null
  const deadlines = new Deadlines(sendTimeoutMs)
  const tell = createTellHalts(core, mailer ?? null)
  const guardian = createGuardian(core, { control, halts: createSenderHaltService(core), tell })
  const pending = new Set<Promise<void>>()
  const answers = createKeywordAnswers(core)
  const sendSingle: SendSingle = async (message) =>
    started ? started.sendSingle(message) : { outcome: 'not_sent', reason: 'not_connected' }
  const answer = (workspaceId: WorkspaceId, id: string) => handAnswer(answers, sendSingle, workspaceId, id)
  const applyEffects = (refusals: readonly Refusal[]): void => {
    for (const refusal of refusals) {
      const applied = Promise.resolve(started?.effects.apply(refusal))
        .catch((error: unknown) => {
          core.logger.error({ err: error, senderId: refusal.senderId }, 'a refusal could not be acted on')
        })
        .finally(() => pending.delete(applied))
      pending.add(applied)
    }
  }
  return {
    forwardEvents: async (sender, events) => {
      if (!started) throw new Error('The lanes have not started')
      await takeEvents(started, sender, events, applyEffects)
    },
    onSenderBanned: async (sender) => {
      const { workspaceId } = sender
      const campaigns = await control.haltSender(workspaceId, await nameSender(core, sender), 'sender_banned')
      await tell(workspaceId, { sender: null, campaigns })
    },
    haltForTemplate: async (workspaceId, campaignId) => {
      const halted = await control.halt(workspaceId, campaignId, 'template_rejected')
      if (halted) await tell(workspaceId, { sender: null, campaigns: [halted] })
    },
    jobs: [...guardJobs(core, { guardian, control, tell }), ...answerJobs(answers, answer)],
    sendSingle,
    start: (owned) => {
      const lanes = new LaneManager(
        core,
        owned,
        { batchSize, sendTimeoutMs, deadlines, schedule, gatherMs, randomOf },
        {
          onWritten: (settled, moved) => {
            lookAtRefused(guardian, owned, moved)
            applyEffects(refusalsOf(owned, settled, moved))
          },
        },
      )
      const brakes = {
        lockNewChats: (senderId: string, untilMs: number) => lanes.findLane(senderId)?.lockNewChats(untilMs),
        slowDown: (senderId: string) => lanes.findLane(senderId)?.slowDown(),
      }
      const effects = createRefusalEffects(core, { control, owned, ledger, brakes, guardian, tell })
      const onPlanned = ({ workspaceId, senderId }: SenderRef, id: string): void => {
        const answered = answer(workspaceId, id)
          .catch((error: unknown) => {
            core.logger.error({ err: error, senderId }, 'the answer to a keyword could not be sent')
          })
          .finally(() => pending.delete(answered))
        pending.add(answered)
      }
      const incoming = createIncomingService(
        core,
        owned,
        ledger,
        ({ workspaceId, senderId }, runId) => guardian.look({ workspaceId, senderId, runId }),
        { answers, onPlanned },
      )
      started = { lanes, effects, incoming, sendSingle: createSingleSender(core, owned, sendTimeoutMs) }
      lanes.start()
    },
    stop: async () => {
      await started?.lanes.stop()
      await Promise.all(pending)
      await guardian.idle()
    },
  }
}

/** Refusals that speak against a number, its list or its message. */
function lookAtRefused(guardian: Guardian, owned: OwnedSenders, moved: readonly Moved[]): void {
  for (const { senderId, runId, from, to, reason } of moved) {
    if (to !== 'refused' || from === to || findHarmOfReason(reason) === null) continue
    const workspaceId = owned.findOwned(senderId)?.workspaceId
    if (workspaceId) guardian.look({ workspaceId, senderId, runId })
  }
}

/** Refusals that mean more than that one message did not go; each kind once for a sender and campaign. */
function refusalsOf(owned: OwnedSenders, settled: readonly Settled[], moved: readonly Moved[]): Refusal[] {
  const moveOf = new Map(moved.map((move) => [move.attemptId, move]))
  const byKey = new Map<string, Refusal>()
  const add = (refusal: Omit<Refusal, 'workspaceId'>): void => {
    const sender = owned.findOwned(refusal.senderId)
    if (!sender) return
    const who =
      refusal.lateRecipientId ?? (refusal.action === 'opt_out' ? refusal.contactId : refusal.campaignId)
    const key = `${refusal.action}/${refusal.senderId}/${who ?? ''}`
    byKey.set(key, { ...refusal, workspaceId: sender.workspaceId })
  }
  for (const { flight, outcome } of settled) {
    if (outcome.kind !== 'refused') continue
    const { action, reason, retryAfterMs = null } = outcome
    const { senderId, contactId } = flight
    const campaignId = moveOf.get(flight.attemptId)?.campaignId ?? null
    add({ action, reason, retryAfterMs, senderId, contactId, campaignId })
    moveOf.delete(flight.attemptId)
  }
  for (const move of moveOf.values()) {
    const action = move.to === 'refused' ? actionOfReason(move.reason) : null
    const lateRecipientId = move.recipientId
    if (action !== null)
      add({ ...move, action, reason: move.reason ?? '', retryAfterMs: null, lateRecipientId })
  }
  return [...byKey.values()]
}

/** The usual action of a reason that a receipt brought. */
function actionOfReason(reason: string | null): RefusalAction | null {
  if (reason === null || !Object.hasOwn(refusalReasons, reason)) return null
  return refusalReasons[reason as RefusalReason].action
}

async function takeEvents(
  started: Started,
  sender: SenderRef,
  events: readonly ForwardedEvent[],
  applyEffects: (refusals: readonly Refusal[]) => void,
): Promise<void> {
  const receipts = events.filter((event) => event.type === 'receipt')
  const { lanes, incoming } = started
  await lanes.workspace(sender.workspaceId).receive(
    sender,
    receipts.map((receipt) => toReceiptRow(sender, receipt)),
  )
  applyEffects(receipts.flatMap((receipt) => lateRefusal(sender, receipt)))
  for (const event of events) {
    await takeEvent(incoming, sender, event)
  }
}

async function takeEvent(incoming: IncomingService, sender: SenderRef, event: ForwardedEvent): Promise<void> {
  switch (event.type) {
    case 'receipt':
    case 'template':
      return
    case 'message':
      return incoming.message(sender, event)
    case 'own_message':
      return incoming.ownMessage(sender, event)
    case 'blocked':
      return incoming.blocked(sender, event)
    case 'marketing_choice':
      return incoming.choice(sender, event)
    case 'same_person':
      return incoming.samePerson(sender, event)
    default:
      assertNever(event, 'event')
  }
}

function toReceiptRow({ senderId }: SenderRef, receipt: Receipt): ReceiptRow {
  const { channelMessageId, messageId, kind, at, refusal, pricing = null } = receipt
  const reason = refusal?.reason.replaceAll('\0', '') ?? null
  const row = { senderId, channelMessageId: boundId(channelMessageId), kind, attemptId: messageId }
  return { ...row, reason, at, pricing }
}

/** Actions of late refusals that concern the sender itself; a person's own is done with the recipient. */
const senderActions: readonly RefusalAction[] = [
  'slow_sender',
  'stop_new_chats',
  'stop_sender',
  'stop_account',
]

function lateRefusal({ workspaceId, senderId }: SenderRef, { refusal }: Receipt): Refusal[] {
  if (!refusal || !senderActions.includes(refusal.action)) return []
  const { action, reason } = refusal
  return [{ action, reason, workspaceId, senderId, campaignId: null, contactId: null, retryAfterMs: null }]
}
