import type { PutAsideItem } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { SenderId, WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { listPutAside, removePutAside, resumePutAside } from './put-aside.repo.ts'
import { getSender } from './sender-finish.ts'
import { askToDrain } from './webhook-drain.ts'

const shownMax = 100

/** What webhooks told and no session could take, in the hands of a person. Every call throws `not_found`. */
export interface PutAsideService {
  list(workspaceId: WorkspaceId, senderId: SenderId): Promise<{ data: PutAsideItem[] }>
  /** @param ids null for all; ids that are no longer put aside are passed over. */
  retry(
    workspaceId: WorkspaceId,
    actor: Actor,
    senderId: SenderId,
    ids: readonly string[] | null,
  ): Promise<void>
  /** As `retry`; what is discarded is gone for good. */
  discard(
    workspaceId: WorkspaceId,
    actor: Actor,
    senderId: SenderId,
    ids: readonly string[] | null,
  ): Promise<void>
}

type Deed = (scope: WorkspaceScope, senderId: SenderId, ids: readonly string[] | null) => Promise<number>

export function createPutAsideService(core: Core): PutAsideService {
  const act =
    (action: string, deed: Deed): PutAsideService['retry'] =>
    (workspaceId, actor, senderId, ids) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await getSender(scope, senderId)
        const count = await deed(scope, senderId, ids)
        if (count === 0) return
        await core.audit(scope, { actor, action, subjectId: senderId, details: { count } })
        await askToDrain(core, scope, senderId)
        await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id: senderId })
      })
  return {
    list: (workspaceId, senderId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await getSender(scope, senderId)
        const rows = await listPutAside(scope, senderId, shownMax)
        return {
          data: rows.map(({ id, kind, failure, receivedAt, failedAt }) => ({
            id,
            kind,
            reason: failure,
            receivedAt: receivedAt.toISOString(),
            putAsideAt: failedAt.toISOString(),
          })),
        }
      }),
    retry: act('sender.retry_put_aside', resumePutAside),
    discard: act('sender.discard_put_aside', removePutAside),
  }
}
