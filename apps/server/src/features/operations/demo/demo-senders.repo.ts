import type { WorkspaceScope } from '@siar/database'
import type { SenderId } from '@siar/domain'
import { hash32 } from '@siar/domain'
import type { Core } from '../../../core.ts'
import { shardOf } from '../../senders/index.ts'

export interface DemoSender {
  readonly name: string
  /** Obeys pacing and caps like a real number, so that a running campaign can be watched. */
  readonly paced: boolean
  readonly daysInUse: number
}

const DAY_MS = 86_400_000

/** A simulator sender that is linked already and connects as soon as a process owns it. */
export async function insertDemoSender(
  core: Core,
  scope: WorkspaceScope,
  sender: DemoSender,
): Promise<SenderId> {
  const id = core.newId('snd')
  const since = new Date(core.now().getTime() - sender.daysInUse * DAY_MS)
  const settings = {
    paced: sender.paced,
    delayMsMin: 3000,
    delayMsMax: 6000,
    dailyCap: 1000,
    hourlyCap: 400,
    warmUp: true,
  }
  await scope.execute(
    `insert into senders (id, workspace_id, name, channel, phone, status, wanted, shard, settings, number_since, paired_at, created_at)
     values ($2, $1, $3, 'simulator', $4, 'offline', true, $5, $6, $7::date, $7, $7)`,
    [scope.workspaceId, id, sender.name, numberOf(id), shardOf(id), JSON.stringify(settings), since],
  )
  await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId: scope.workspaceId, id })
  return id
}

/** A made-up number, always the same for the same sender. */
function numberOf(senderId: string): string {
  return `+62895${String(hash32(senderId) % 100_000_000).padStart(8, '0')}`
}
