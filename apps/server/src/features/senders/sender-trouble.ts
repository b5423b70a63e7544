import type { Core } from '../../core.ts'
import { lockLeases } from './leases.repo.ts'
import type { LiveSender } from './live-sender.ts'
import { insertSenderEvents, setTrouble } from './sessions.repo.ts'

/**
 * Shows people why a sender does not come up: its status stays, and the same reason is told once. Never rejects; without
 * the lease it is another process's to tell.
 *
 * @param reason A code, or the channel's own words.
 */
export async function keepTrouble(
  core: Core,
  processId: string,
  live: LiveSender,
  reason: string,
): Promise<void> {
  const { id, workspaceId } = live.row
  try {
    await core.inSystem(async (scope) => {
      await lockLeases(scope, processId, [live.lease])
      if (!(await setTrouble(scope, id, reason))) return
      const line = { id: core.newId('evt'), workspaceId, senderId: id, kind: 'trouble', detail: reason }
      await insertSenderEvents(scope, [{ ...line, at: core.now() }])
      await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id })
    })
  } catch (error) {
    core.logger.warn({ err: error, senderId: id }, 'why a sender does not come up could not be kept')
  }
}
