import type { SystemScope } from '@siar/database'
import type { SenderId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Core } from '../../core.ts'
import type { LiveSender } from './live-sender.ts'
import type { Lease } from './owned-sender.ts'
import { answerCall } from './sender-call.ts'
import type { CallValues, SenderAnswer, SenderCall } from './sender-call.ts'
import { findAnswer, insertCall, listOpenCalls, removeCall, saveAnswer } from './sender-calls.repo.ts'

type ValueOf<Call extends SenderCall> = CallValues[Call['kind']]

/** Asks the live session of a sender something, in whichever process it lives. */
export interface SenderDesk {
  /**
   * @param signal Ends the wait early.
   * @throws AppError `not_found` for a sender of another workspace, `sender_unreachable` when nobody answers within
   *         20 s or the session cannot now, `sender_cannot` where its channel has no such thing.
   */
  ask<const Call extends SenderCall>(
    workspaceId: WorkspaceId,
    senderId: SenderId,
    call: Call,
    signal?: AbortSignal,
  ): Promise<ValueOf<Call>>
}

const patienceMs = 20_000
const lookAgainMs = 1_000

export function createSenderDesk(core: Core): SenderDesk {
  return {
    ask: async (workspaceId, senderId, call, signal) => {
      const id = core.newId('req')
      await core.inWorkspace(workspaceId, async (scope) => {
        if (!(await insertCall(scope, { id, senderId, call, at: core.now() })))
          throw new AppError('not_found')
        await core.bus.publishIn(scope, { kind: 'sender.call', workspaceId, id: senderId })
      })
      try {
        const answer = await waitForAnswer(core, { workspaceId, senderId, id }, signal)
        return valueOf(answer, senderId) as ValueOf<typeof call>
      } finally {
        await core.inWorkspace(workspaceId, (scope) => removeCall(scope, id))
      }
    },
  }
}

function valueOf(answer: SenderAnswer | null, senderId: SenderId): unknown {
  if (answer?.kind === 'done') return answer.value
  if (answer?.kind === 'unsupported') throw new AppError('sender_cannot', { senderId })
  throw new AppError('sender_unreachable', { senderId, reason: answer?.reason ?? 'timeout' })
}

interface Question {
  readonly workspaceId: WorkspaceId
  readonly senderId: SenderId
  readonly id: string
}

/** By the event of the answer; and by looking and asking again now and then, should an event get lost or the sender change hands. */
async function waitForAnswer(
  core: Core,
  { workspaceId, senderId, id }: Question,
  signal: AbortSignal | undefined,
): Promise<SenderAnswer | null> {
  let looks = 0
  const find = () =>
    core.inWorkspace(workspaceId, async (scope) => {
      const answer = await findAnswer(scope, id)
      looks += 1
      if (!answer && looks > 1)
        await core.bus.publishIn(scope, { kind: 'sender.call', workspaceId, id: senderId })
      return answer
    })
  const untilMs = performance.now() + patienceMs
  let wake: () => void = () => undefined
  const unsubscribe = core.bus.subscribe((event) => {
    if (event.kind === 'sender.answer' && event.id === id) wake()
  })
  const stop = (): void => wake()
  signal?.addEventListener('abort', stop)
  try {
    for (;;) {
      const told = new Promise<void>((resolve) => (wake = resolve))
      const answer = await find()
      if (answer || signal?.aborted === true || performance.now() > untilMs) return answer
      const again = new Promise<void>((resolve) => void setTimeout(resolve, lookAgainMs))
      await Promise.race([told, again])
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', stop)
  }
}

/**
 * The owner's side: answers what was asked of a live sender. Questions are taken and answered under its lease: a process that lost it
 * leaves them to the new owner. Never rejects.
 */
export function createCallAnswerer(
  core: Core,
  lockLease: (scope: SystemScope, lease: Lease) => Promise<void>,
): (live: LiveSender) => Promise<void> {
  const underWay = new Set<string>()
  const answerOne = async (live: LiveSender, id: string, call: SenderCall): Promise<void> => {
    const { session } = live
    const answer: SenderAnswer = session
      ? await answerCall(session, call, AbortSignal.timeout(patienceMs)).catch((error: unknown) => {
          core.logger.error({ err: error, senderId: live.row.id }, 'a question to a session failed')
          return { kind: 'unavailable', reason: 'failed' }
        })
      : { kind: 'unavailable', reason: 'not_connected' }
    const { workspaceId } = live.row
    await core.inSystem(async (scope) => {
      await lockLease(scope, live.lease)
      await saveAnswer(scope, id, answer)
      await core.bus.publishIn(scope, { kind: 'sender.answer', workspaceId, id })
    })
  }
  return async (live) => {
    try {
      const since = new Date(core.now().getTime() - 2 * patienceMs)
      const open = await core.inSystem(async (scope) => {
        await lockLease(scope, live.lease)
        return listOpenCalls(scope, live.row.id, since)
      })
      const fresh = open.filter(({ id }) => !underWay.has(id))
      await Promise.all(
        fresh.map(async ({ id, call }) => {
          underWay.add(id)
          await answerOne(live, id, call).finally(() => underWay.delete(id))
        }),
      )
    } catch (error) {
      core.logger.warn({ err: error, senderId: live.row.id }, 'questions to a sender could not be answered')
    }
  }
}
