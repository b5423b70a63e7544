import type { Access, Method } from '@siar/contract'
import { AppError } from '@siar/domain'
import type { Actor } from '../core.ts'
import type { Identity } from './authenticator.ts'

const nobody: Actor = {
  kind: 'system',
  id: 'public',
  name: 'public',
  role: null,
  permissions: [],
  isPlatformAdmin: false,
}

/** Who acts when nobody is signed in. */
export function actorOf(identity: Identity | null): Actor {
  return identity?.actor ?? nobody
}

/**
 * Refuses a request that may not call an operation.
 *
 * @throws AppError `unauthenticated` when nobody is signed in, `forbidden` when the role or the key's scopes do not allow
 *         it, `workspace_suspended` for a change in a suspended workspace.
 */
export function requireAccess(access: Access, method: Method, identity: Identity | null): void {
  if (access === 'public') return
  if (!identity) throw new AppError('unauthenticated')
  if (access === 'signed_in') {
    if (identity.actor.kind !== 'user') throw new AppError('forbidden')
    return
  }
  if (access === 'platform_admin') {
    if (!identity.actor.isPlatformAdmin) throw new AppError('forbidden')
    return
  }
  if (!identity.workspaceId) throw new AppError('not_found')
  if (!identity.actor.permissions.includes(access)) {
    throw new AppError(identity.actor.kind === 'api_key' ? 'api_key_scope_missing' : 'forbidden')
  }
  if (identity.workspaceStatus === 'suspended' && method !== 'GET') throw new AppError('workspace_suspended')
}
