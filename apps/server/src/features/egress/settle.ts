import type { WorkspaceScope } from '@siar/database'
import { chooseProxy, keepsProxy } from '@siar/domain'
import type { EgressVerdict } from '@siar/domain'
import type { Core } from '../../core.ts'
import { PoolTally, readPool, wishOf } from './pool.ts'
import type { Pool } from './pool.ts'
import { countMessages, noteMove, writeVerdict } from './sender-egress.repo.ts'
import type { EgressRow } from './sender-egress.repo.ts'

/**
 * Gives every sender that goes out by proxies its verdict: it keeps its proxy, moves, or waits. The owners of the sessions
 * are told of each change and open or close them. Call it under `lockPool`, after everything that changed the pool.
 */
export async function settlePool(core: Core, scope: WorkspaceScope): Promise<void> {
  const now = core.now()
  const pool = await readPool(scope, now)
  const tally = new PoolTally(pool)
  let isCounted = false
  for (const sender of pool.senders) {
    if (sender.isDirect) continue
    tally.remove(sender)
    const next = apply(sender, decide(pool, tally, sender, now.getTime()))
    tally.add(next)
    if (next === sender) continue
    if (!isCounted) await countMessages(scope, scope.workspaceId, now)
    isCounted = true
    await write(core, scope, pool, sender, next)
  }
}

function decide(pool: Pool, tally: PoolTally, sender: EgressRow, nowMs: number): EgressVerdict {
  const wish = wishOf(sender)
  const own = tally.find(sender.proxyId)
  if (own && keepsProxy(wish, own, nowMs)) return { kind: 'keep', proxyId: own.id }
  return chooseProxy(wish, tally.candidates, pool.rules, nowMs)
}

/** The same row when nothing changes. A sender that waits remembers its proxy and goes on with it when that recovers. */
function apply(sender: EgressRow, verdict: EgressVerdict): EgressRow {
  const waits = verdict.kind === 'wait' ? verdict.reason : null
  const proxyId = verdict.kind === 'wait' ? sender.proxyId : verdict.proxyId
  return waits === sender.waits && proxyId === sender.proxyId ? sender : { ...sender, waits, proxyId }
}

async function write(
  core: Core,
  scope: WorkspaceScope,
  pool: Pool,
  before: EgressRow,
  { senderId, proxyId, waits }: EgressRow,
): Promise<void> {
  const now = core.now()
  const isMoved = proxyId !== before.proxyId
  await writeVerdict(scope, senderId, { proxyId, waits, movedAt: isMoved ? now : null })
  const name = pool.proxies.find(({ id }) => id === proxyId)?.name ?? ''
  const kind = waits === null ? 'egress_proxy' : 'egress_waits'
  if (isMoved || waits !== null) {
    await noteMove(scope, { id: core.newId('evt'), senderId, kind, detail: waits ?? name, at: now })
  }
  await core.bus.publishIn(scope, {
    kind: 'sender.changed',
    workspaceId: scope.workspaceId,
    id: senderId,
  })
}
