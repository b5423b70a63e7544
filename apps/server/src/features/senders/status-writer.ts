import type { SenderStatus } from '@siar/domain'
import type { Core } from '../../core.ts'
import { lockLeases } from './leases.repo.ts'
import type { Lease } from './owned-sender.ts'
import { insertSenderEvents, moveSenders } from './sessions.repo.ts'
import type { StatusMove } from './sessions.repo.ts'

export interface LeasedMove extends StatusMove {
  readonly lease: Lease
}

interface Waiting {
  readonly move: LeasedMove
  readonly resolve: (moved: boolean) => void
  readonly reject: (error: Error) => void
}

/** Writes what sessions say about themselves, many senders in one transaction, in order for each sender. */
export interface StatusWriter {
  /**
   * @returns whether the sender moved; false when its status does not allow it or is the same already.
   * @throws LeaseLost when the lease is not this process's any more.
   */
  write(move: LeasedMove): Promise<boolean>
}

const batchMax = 500

async function writeBatch(
  core: Core,
  processId: string,
  to: SenderStatus,
  moves: readonly LeasedMove[],
): Promise<Set<string>> {
  return core.inSystem(async (scope) => {
    await lockLeases(
      scope,
      processId,
      moves.map((move) => move.lease),
    )
    const moved = await moveSenders(scope, to, moves)
    if (moved.length === 0) return new Set<string>()
    const told = new Map(moves.map((move) => [move.senderId, move]))
    await insertSenderEvents(
      scope,
      moved.map(({ id, workspaceId }) => ({
        id: core.newId('evt'),
        workspaceId,
        senderId: id,
        kind: to,
        detail: told.get(id)?.reason ?? '',
        at: told.get(id)?.at ?? core.now(),
      })),
    )
    for (const { id, workspaceId } of moved) {
      await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id })
    }
    return new Set<string>(moved.map(({ id }) => id))
  })
}

/** The first of what waits for one status, at most one move for each sender. */
function takeRound(waiting: Waiting[]): { to: SenderStatus; round: Waiting[]; rest: Waiting[] } | null {
  const to = waiting[0]?.move.to
  if (to === undefined) return null
  const seen = new Set<string>()
  const round: Waiting[] = []
  const rest: Waiting[] = []
  for (const item of waiting) {
    const { senderId } = item.move
    if (item.move.to === to && !seen.has(senderId) && round.length < batchMax) round.push(item)
    else rest.push(item)
    seen.add(senderId)
  }
  return { to, round, rest }
}

export function createStatusWriter(core: Core, processId: string): StatusWriter {
  let waiting: Waiting[] = []
  let isWriting = false

  const writeRound = async (to: SenderStatus, round: readonly Waiting[]): Promise<void> => {
    try {
      const moves = round.map((item) => item.move)
      const moved = await writeBatch(core, processId, to, moves)
      for (const item of round) item.resolve(moved.has(item.move.senderId))
    } catch (error) {
      const [only] = round
      if (round.length > 1) {
        for (const item of round) await writeRound(to, [item])
      } else only?.reject(error as Error)
    }
  }
  const drain = async (): Promise<void> => {
    await Promise.resolve()
    for (let next = takeRound(waiting); next !== null; next = takeRound(waiting)) {
      waiting = next.rest
      await writeRound(next.to, next.round)
    }
    isWriting = false
  }
  return {
    write: (move) =>
      new Promise((resolve, reject) => {
        waiting.push({ move, resolve, reject })
        if (isWriting) return
        isWriting = true
        void drain()
      }),
  }
}
