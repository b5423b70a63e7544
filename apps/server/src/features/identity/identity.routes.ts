import { identityOperations } from '@siar/contract'
import { bind } from '../../http/binding.ts'
import type { Binding } from '../../http/binding.ts'
import type { ProfileService } from './profile.service.ts'

/** Everything of the feature but the set-up, which the admin feature binds. */
export function identityBindings(profile: ProfileService): Binding[] {
  return [
    bind(identityOperations.getMe, ({ headers }) => profile.getMe(headers)),
    bind(identityOperations.updateMe, ({ headers, actor, body }) => profile.updateMe(headers, actor, body)),
    bind(identityOperations.listLoginSessions, ({ headers }) => profile.listLoginSessions(headers)),
    bind(identityOperations.revokeLoginSession, async ({ headers, actor, params }) => {
      await profile.revokeLoginSession(headers, actor, params.loginSessionId)
      return undefined
    }),
  ]
}
