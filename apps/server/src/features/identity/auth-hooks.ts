import type { BetterAuthOptions } from 'better-auth'
import { APIError, createAuthMiddleware, isAPIError } from 'better-auth/api'
import type { Core } from '../../core.ts'
import type { AuthMails } from './auth-mails.ts'
import { isUserInactive } from './auth.repo.ts'
import { userActor } from './login.ts'
import { readPlatformSettings } from './platform-settings.ts'

const nameLengthMax = 120

/** What the audit log calls the use of a door by somebody who is, or thereby gets, signed in. */
const auditedDoors: Readonly<Record<string, string>> = {
  '/sign-in/email': 'login.sign_in',
  '/two-factor/verify-totp': 'login.sign_in',
  '/two-factor/verify-backup-code': 'login.sign_in',
  '/change-password': 'user.change_password',
  '/revoke-sessions': 'login.revoke_all',
  '/revoke-other-sessions': 'login.revoke_others',
  '/two-factor/enable': 'two_factor.begin',
  '/two-factor/disable': 'two_factor.disable',
  '/two-factor/generate-backup-codes': 'two_factor.renew_codes',
}

interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
}

const refuse = (status: 'FORBIDDEN' | 'BAD_REQUEST', code: string, message: string) =>
  APIError.from(status, { code, message })

/**
 * The rules of Siar inside better-auth: sign-up is shut unless the platform admin opened it, a deactivated user gets no
 * session, and what people do with their log-in is in the audit log.
 */
export function createAuthHooks(core: Core, mails: AuthMails) {
  const audit = (person: Person, action: string): Promise<void> =>
    core.inSystem((scope) =>
      core.audit(scope, { actor: userActor({ ...person, userId: person.id }), action, subjectId: person.id }),
    )
  const options = {
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        if (path === '/sign-up/email') await requireOpenSignUp(core, body)
      }),
      after: createAuthMiddleware(async ({ path, context }) => {
        const action = auditedDoors[path]
        const person = (context.newSession ?? context.session)?.user
        if (action === undefined || !person || isAPIError(context.returned)) return
        // A code that a signed-in person enters proves the device; it does not sign in.
        const proves = path.startsWith('/two-factor/verify') && context.session !== null
        await audit(person, proves ? 'two_factor.verify' : action)
        if (path === '/change-password') await mails.passwordChanged(person)
      }),
    },
    databaseHooks: {
      user: { create: { after: (person: Person) => audit(person, 'user.sign_up') } },
      session: {
        create: {
          before: async ({ userId }: { userId: string }) => {
            const inactive = await core.inSystem((scope) => isUserInactive(scope, userId))
            if (inactive) throw refuse('FORBIDDEN', 'USER_INACTIVE', 'This account is switched off')
          },
        },
      },
    },
  } satisfies Pick<BetterAuthOptions, 'hooks' | 'databaseHooks'>
  const onPasswordReset = async (person: Person): Promise<void> => {
    await audit(person, 'user.reset_password')
    await mails.passwordChanged(person)
  }
  return { options, onPasswordReset }
}

async function requireOpenSignUp(core: Core, body: unknown): Promise<void> {
  const { signUpOpen } = await readPlatformSettings(core)
  if (!signUpOpen) throw refuse('FORBIDDEN', 'SIGN_UP_CLOSED', 'Sign-up is closed')
  const name = (body as { name?: unknown } | undefined)?.name
  if (typeof name !== 'string' || name.trim() === '' || name.length > nameLengthMax) {
    throw refuse('BAD_REQUEST', 'VALIDATION_ERROR', `name must have 1 to ${nameLengthMax} characters`)
  }
}
