import type { BodyOf, EgressRules, SenderEgress, egressOperations } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError, hasRoom, isAffordable, isLinkedChannel, schemesOf } from '@siar/domain'
import type { SenderId, WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { presentRules, presentSenderEgress } from './egress.present.ts'
import { PoolTally, readPool, wishOf } from './pool.ts'
import type { Pool } from './pool.ts'
import {
  countMessages,
  lockPool,
  noteMove,
  putRules,
  putSenderEgress,
  removeSenderEgress,
} from './sender-egress.repo.ts'
import type { EgressRow } from './sender-egress.repo.ts'
import { settlePool } from './settle.ts'

type SetBody = BodyOf<typeof egressOperations.setSenderEgress>

export type SenderEgressService = ReturnType<typeof createSenderEgressService>

/** By which way senders go out, and the rules of the workspace about it. */
export function createSenderEgressService(core: Core) {
  const read = async (scope: WorkspaceScope, senderId: SenderId) => {
    const pool = await readPool(scope, core.now())
    const sender = pool.senders.find((one) => one.senderId === senderId)
    if (!sender) throw new AppError('not_found')
    return { pool, sender }
  }
  return {
    get: (workspaceId: WorkspaceId, senderId: SenderId): Promise<SenderEgress> =>
      core.inWorkspace(workspaceId, async (scope) => {
        const { pool, sender } = await read(scope, senderId)
        return presentSenderEgress(pool, sender)
      }),

    /** @throws AppError `not_found`; `proxy_unfit`, `proxy_full`, `proxy_cost_limit` for a proxy it may not have. */
    set: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId, body: SetBody): Promise<SenderEgress> =>
      core.inWorkspace(workspaceId, async (scope) => {
        await lockPool(scope)
        const { pool, sender } = await read(scope, senderId)
        const now = core.now()
        await countMessages(scope, workspaceId, now)
        if (body.kind === 'direct') await goDirect(core, scope, sender)
        else {
          if (body.proxyId !== null) requireFree(pool, sender, body.proxyId, body.country)
          await putSenderEgress(scope, { senderId, proxyId: body.proxyId, country: body.country }, now)
          await settlePool(core, scope)
        }
        const details = { kind: body.kind }
        await core.audit(scope, { actor, action: 'sender.set_egress', subjectId: senderId, details })
        await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id: senderId })
        await core.bus.publishIn(scope, { kind: 'egress.changed', workspaceId })
        const after = await read(scope, senderId)
        return presentSenderEgress(after.pool, after.sender)
      }),

    rules: (workspaceId: WorkspaceId): Promise<EgressRules> =>
      core.inWorkspace(workspaceId, async (scope) =>
        presentRules((await readPool(scope, core.now())).ruleRow),
      ),

    setRules: (workspaceId: WorkspaceId, actor: Actor, rules: EgressRules): Promise<EgressRules> =>
      core.inWorkspace(workspaceId, async (scope) => {
        await lockPool(scope)
        const { sendersPerAddress, dailyCostMax } = rules
        const row = {
          sendersPerAddress,
          dailyCostMinorMax: dailyCostMax?.amountMinor ?? null,
          currency: dailyCostMax?.currency ?? ('USD' as const),
        }
        await putRules(scope, row, core.now())
        await settlePool(core, scope)
        await core.audit(scope, { actor, action: 'egress.set_rules' })
        await core.bus.publishIn(scope, { kind: 'egress.changed', workspaceId })
        return rules
      }),
  }
}

async function goDirect(core: Core, scope: WorkspaceScope, { senderId }: EgressRow): Promise<void> {
  if (!(await removeSenderEgress(scope, senderId))) return
  const id = core.newId('evt')
  await noteMove(scope, { id, senderId, kind: 'egress_direct', detail: '', at: core.now() })
}

/** What a person may choose by hand: the one it has, or one that suits and has room; healthy or not. */
function requireFree(pool: Pool, sender: EgressRow, proxyId: string, country: string | null): void {
  const tally = new PoolTally(pool)
  tally.remove(sender)
  const proxy = tally.find(proxyId)
  if (!proxy) throw new AppError('not_found')
  if (sender.proxyId === proxyId && !sender.isDirect) return
  const isSuited =
    proxy.isEnabled &&
    schemesOf(sender.channel).includes(proxy.scheme) &&
    (country === null || country === proxy.country)
  if (!isSuited) throw new AppError('proxy_unfit')
  const wish = { ...wishOf(sender), isLinked: isLinkedChannel(sender.channel) }
  if (!hasRoom(wish, proxy, pool.rules))
    throw new AppError('proxy_full', { limit: pool.rules.sendersPerAddress })
  if (!isAffordable(proxy, tally.candidates, pool.rules)) throw new AppError('proxy_cost_limit')
}
