import type { Role } from '@siar/contract'
import { AppError } from '@siar/domain'
import type { Actor } from '../../core.ts'

/** Owners are made, changed and removed by owners only; the permission table says "members (not owners)" for admins. */
export function requireMayManage(actor: Actor, roles: readonly Role[]): void {
  if (roles.includes('owner') && actor.role !== 'owner') {
    throw new AppError('forbidden', { reason: 'only an owner manages owners' })
  }
}

/** @throws AppError `last_owner` when the member is the only owner left. */
export function requireAnotherOwner(ownerIds: readonly string[], memberId: string): void {
  if (ownerIds.includes(memberId) && ownerIds.length === 1) throw new AppError('last_owner')
}
