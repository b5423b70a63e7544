import type { Permission } from '@siar/contract'
import { API_KEY_SCOPES, permissionsOf } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Core } from '../../core.ts'
import type { Authenticate, Identity } from '../../http/authenticator.ts'
import { findApiKeySecret, hashSecret } from './api-key-secret.ts'
import type { Auth } from './auth.ts'
import { findActingMembership, findApiKey } from './authenticator.repo.ts'
import type { ApiKeyRow } from './authenticator.repo.ts'
import { userActor } from './login.ts'
import type { Login } from './login.ts'

/** Other schemes belong to a proxy in front, not to Siar. */
const bearer = /^bearer /i

/**
 * Makes the door keeper of the API: session cookie or API key to the actor and the workspace of a request.
 *
 * Nothing is kept between requests, so a revoked session or key, a changed role and a suspension act at once; a session
 * costs three short statements, a key one. A request that shows a bearer token is judged by it alone, also when
 * it carries a cookie.
 */
export function createAuthenticator(core: Core, auth: Auth): Authenticate {
  return async (headers, _ipAddress, wantedWorkspaceId) => {
    if (bearer.test(headers.get('authorization') ?? '')) {
      const secret = findApiKeySecret(headers)
      return secret === null ? null : identifyKey(core, secret, wantedWorkspaceId)
    }
    if (!headers.has('cookie')) return null
    const login = await auth.findLogin(headers)
    return login && identifyUser(core, login, wantedWorkspaceId)
  }
}

async function identifyKey(
  core: Core,
  secret: string,
  wantedWorkspaceId: string | null,
): Promise<Identity | null> {
  const key = await core.inSystem((scope) => findApiKey(scope, hashSecret(secret), core.now()))
  if (!key) return null
  if (wantedWorkspaceId !== null && wantedWorkspaceId !== key.workspaceId) throw new AppError('not_found')
  return {
    actor: {
      kind: 'api_key',
      id: key.id,
      name: key.name ?? '',
      role: null,
      permissions: scopesOf(key),
      isPlatformAdmin: false,
    },
    language: key.language,
    workspaceId: key.workspaceId as WorkspaceId,
    workspaceStatus: key.workspaceStatus,
  }
}

/** Only scopes that a key may have today count, whatever was stored once. */
function scopesOf(key: ApiKeyRow): Permission[] {
  const stored: unknown = JSON.parse(key.permissions ?? '[]')
  return API_KEY_SCOPES.filter((scope) => Array.isArray(stored) && stored.includes(scope))
}

async function identifyUser(core: Core, login: Login, wantedWorkspaceId: string | null): Promise<Identity> {
  const membership = await core.inSystem((scope) =>
    findActingMembership(scope, login.userId, wantedWorkspaceId, login.activeWorkspaceId),
  )
  if (!membership && wantedWorkspaceId !== null) throw new AppError('not_found')
  const role = membership?.role ?? null
  return {
    actor: { ...userActor(login), role, permissions: role ? permissionsOf(role) : [] },
    language: login.language,
    workspaceId: (membership?.workspaceId ?? null) as WorkspaceId | null,
    workspaceStatus: membership?.workspaceStatus ?? null,
  }
}
