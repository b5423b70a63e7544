import type { Sender } from '@siar/contract'
import type { SenderStatus } from '@siar/domain'

/** Whether a person must link this sender before it can send. */
export function needsPairing(status: SenderStatus): boolean {
  return status === 'new' || status === 'pairing' || status === 'logged_out'
}

/** Whether the number was never linked, or is linked no more, whatever became of its codes. */
export function isUnlinked({ status, pairedAt }: Pick<Sender, 'status' | 'pairedAt'>): boolean {
  return needsPairing(status) || (status === 'offline' && pairedAt === null)
}

/** Whether a session is up or on its way up, so that "stop" is the sensible next deed. */
export function isConnected(status: SenderStatus): boolean {
  return status === 'online' || status === 'reconnecting' || status === 'restricted' || status === 'offline'
}
