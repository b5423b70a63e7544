import type { BodyOf, identityOperations, ResponseInput } from '@siar/contract'
import type { SystemScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { UserId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { findFirstAdminId, findUserByEmail } from './accounts.repo.ts'
import type { Auth } from './auth.ts'
import type { Login } from './login.ts'
import { presentLoginSession, presentMe } from './profile.present.ts'
import {
  deleteLoginSession,
  findProfile,
  listLoginSessions,
  listMemberships,
  setActiveWorkspace,
  updateProfile,
} from './profile.repo.ts'

type Operations = typeof identityOperations
type MeAnswer = ResponseInput<Operations['getMe']>

/** What people see and change of their own log-in. `headers` carry the session; an API key has none. */
export interface ProfileService {
  getMe(headers: Headers): Promise<MeAnswer>
  /** @throws AppError `not_found` for an active workspace the person does not belong to. */
  updateMe(headers: Headers, actor: Actor, change: BodyOf<Operations['updateMe']>): Promise<MeAnswer>
  listLoginSessions(headers: Headers): Promise<ResponseInput<Operations['listLoginSessions']>>
  /** Ends a session at once. @throws AppError `not_found` for a session that is gone or somebody else's. */
  revokeLoginSession(headers: Headers, actor: Actor, sessionId: string): Promise<void>
  /** For the command line. @throws AppError `not_found` when nobody has this address. */
  getUserIdByEmail(email: string): Promise<UserId>
  /** The oldest active platform admin, or null before the set-up. */
  findFirstAdminId(): Promise<UserId | null>
}

export function createProfileService(core: Core, auth: Auth): ProfileService {
  const getLogin = async (headers: Headers): Promise<Login> => {
    const login = await auth.findLogin(headers)
    if (!login) throw new AppError('unauthenticated')
    return login
  }
  return {
    getMe: async (headers) => {
      const login = await getLogin(headers)
      return core.inSystem((scope) => loadMe(scope, login.userId, login.activeWorkspaceId))
    },
    updateMe: async (headers, actor, { activeWorkspaceId, ...change }) => {
      const login = await getLogin(headers)
      return core.inSystem(async (scope) => {
        if (activeWorkspaceId !== undefined) await switchWorkspace(scope, login, activeWorkspaceId)
        const fields = Object.entries(change).flatMap(([field, value]) =>
          value === undefined ? [] : [field],
        )
        if (fields.length > 0) {
          await updateProfile(scope, login.userId, change, core.now())
          await core.audit(scope, {
            actor,
            action: 'user.update',
            subjectId: login.userId,
            details: { fields },
          })
        }
        return loadMe(scope, login.userId, activeWorkspaceId ?? login.activeWorkspaceId)
      })
    },
    listLoginSessions: async (headers) => {
      const { userId, sessionId } = await getLogin(headers)
      const rows = await core.inSystem((scope) => listLoginSessions(scope, userId))
      return { data: rows.map((row) => presentLoginSession(row, sessionId)) }
    },
    revokeLoginSession: async (headers, actor, sessionId) => {
      const { userId } = await getLogin(headers)
      await core.inSystem(async (scope) => {
        if (!(await deleteLoginSession(scope, userId, sessionId))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'login.revoke', subjectId: sessionId })
      })
    },
    getUserIdByEmail: async (email) => {
      const user = await core.inSystem((scope) => findUserByEmail(scope, email))
      if (!user) throw new AppError('not_found', { reason: 'nobody has this e-mail' })
      return user.id as UserId
    },
    findFirstAdminId: async () => (await core.inSystem(findFirstAdminId)) as UserId | null,
  }
}

async function loadMe(
  scope: SystemScope,
  userId: string,
  activeWorkspaceId: string | null,
): Promise<MeAnswer> {
  const profile = await findProfile(scope, userId)
  if (!profile) throw new AppError('unauthenticated')
  return presentMe(profile, await listMemberships(scope, userId), activeWorkspaceId)
}

async function switchWorkspace(scope: SystemScope, login: Login, workspaceId: string): Promise<void> {
  const memberships = await listMemberships(scope, login.userId)
  if (!memberships.some(({ id }) => id === workspaceId)) throw new AppError('not_found')
  await setActiveWorkspace(scope, login.sessionId, workspaceId)
}
