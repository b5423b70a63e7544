import { QueryIds, S_WHATSAPP_NET, getBinaryNodeChild } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { Account } from './account.ts'
import { errorOf, node, resultOf, seconds } from './nodes.ts'

function lockOf(account: Account, nowMs: number): object {
  const until = account.lockedUntilMs
  if (until === null || until <= nowMs) return { is_active: false }
  return { is_active: true, time_enforcement_ends: seconds(until), enforcement_type: 'DEFAULT' }
}

/** The one question of this interface the stand-in knows: how the account's lock on new chats stands. */
export function answerMex(account: Account, nowMs: number, iq: BinaryNode): BinaryNode {
  const query = getBinaryNodeChild(iq, 'query')
  if (query?.attrs['query_id'] !== String(QueryIds.REACHOUT_TIMELOCK)) return errorOf(iq, 400, 'bad-request')
  const data = { data: { xwa2_fetch_account_reachout_timelock: lockOf(account, nowMs) } }
  return resultOf(iq, node('result', {}, Buffer.from(JSON.stringify(data))))
}

/** What the account is told when the lock begins or ends. */
export function lockNotice(account: Account, id: string, nowMs: number): BinaryNode {
  const data = { data: { xwa2_notify_account_reachout_timelock: lockOf(account, nowMs) } }
  return node('notification', { from: S_WHATSAPP_NET, type: 'mex', id, t: seconds(nowMs) }, [
    node('update', { op_name: 'NotificationUserReachoutTimelockUpdate' }, Buffer.from(JSON.stringify(data))),
  ])
}
