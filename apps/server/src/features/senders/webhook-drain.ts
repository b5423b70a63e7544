import { ChannelUnavailable } from '@siar/channel'
import type { SystemScope, WorkspaceScope } from '@siar/database'
import type { SenderId } from '@siar/domain'
import type { Core } from '../../core.ts'
import type { LiveSender } from './live-sender.ts'
import { LeaseLost } from './owned-sender.ts'
import {
  failItem,
  isPassingInDatabase,
  listWaitingItems,
  removeItems,
  splitList,
} from './webhook-items.repo.ts'
import type { WaitingItem } from './webhook-items.repo.ts'

const batchMax = 500
const triesMax = 5

/** Hands what webhooks told about a sender to its session, in order, and forgets what was taken. */
export interface WebhookDrain {
  /** Goes on until nothing waits; a channel without webhooks has nothing. Asked again while it runs, it looks once more. Never rejects. */
  drain(live: LiveSender): void
}

/** Tells the owner of the session, wherever it lives, that items of this sender wait. */
export async function askToDrain(core: Core, scope: WorkspaceScope, senderId: SenderId): Promise<void> {
  await core.bus.publishIn(scope, { kind: 'sender.webhook', workspaceId: scope.workspaceId, id: senderId })
}

interface Round {
  again: boolean
  /** Tries in a row that ended badly, for whatever reason. */
  failures: number
  /** Those of them that were the items' own fault. */
  refusals: number
  /** Why the last of those was refused. */
  failure: string
}

const isPassing = (error: unknown): boolean =>
  error instanceof LeaseLost || error instanceof ChannelUnavailable || isPassingInDatabase(error)

/** The code of an error or else its name: its words may quote what somebody wrote. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  const { code } = error as Error & { readonly code?: unknown }
  return (typeof code === 'string' && code !== '' ? code : error.name).slice(0, 60)
}

/**
 * Items of one sender are taken one batch after the other, so their order is kept. A batch that is not taken is tried item
 * by item later; an item that fails alone `triesMax` times is put aside, so that it holds up nothing. Items that were kept as one are
 * kept apart then.
 */
export function createWebhookDrain(
  core: Core,
  retryLater: (run: () => void, delayMs: number) => unknown,
  underLease: (live: LiveSender, run: (scope: SystemScope) => Promise<void>) => Promise<void>,
): WebhookDrain {
  const rounds = new WeakMap<LiveSender, Round>()

  const take = async (live: LiveSender, round: Round, items: readonly WaitingItem[]): Promise<void> => {
    try {
      await live.facade.takeWebhooks(items.flatMap((row) => row.items))
    } catch (error) {
      if (!isPassing(error)) {
        round.refusals += 1
        round.failure = failureOf(error)
      }
      throw error
    }
    await underLease(live, (scope) =>
      removeItems(
        scope,
        items.map(({ id }) => id),
      ),
    )
  }
  const run = async (live: LiveSender, round: Round): Promise<void> => {
    while (!live.isClosed && live.session !== null) {
      round.again = false
      const size = round.failures === 0 ? batchMax : 1
      const items = await core.inSystem((scope) => listWaitingItems(scope, live.row.id, size))
      const [first] = items
      if (!first) {
        if (round.again) continue
        return
      }
      if (round.refusals > triesMax) {
        core.logger.error(
          { senderId: live.row.id, itemId: first.id, items: first.items.length },
          'what a webhook told could not be taken',
        )
        await underLease(live, async (scope) => {
          if (first.isList) return splitList(scope, first.id)
          await failItem(scope, first.id, core.now(), round.failure)
          const { workspaceId, id } = live.row
          await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id })
        })
      } else await take(live, round, items)
      round.failures = 0
      round.refusals = 0
    }
  }
  const drain = (live: LiveSender): void => {
    if (!live.facade.capabilities.webhooks) return
    const running = rounds.get(live)
    if (running) {
      running.again = true
      return
    }
    start(live, { again: false, failures: 0, refusals: 0, failure: 'failed' })
  }
  const start = (live: LiveSender, round: Round): void => {
    rounds.set(live, round)
    run(live, round)
      .then(() => {
        rounds.delete(live)
        if (round.again) drain(live)
      })
      .catch((error: unknown) => {
        core.logger.warn(
          { err: error, senderId: live.row.id },
          'what webhooks told is handed over again soon',
        )
        round.failures += 1
        retryLater(() => start(live, round), Math.min(30_000, 250 * 2 ** round.failures))
      })
  }
  return { drain }
}
