import type { BodyOf, workspaceOperations } from '@siar/contract'
import type { SystemScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { FieldProblem, UserId } from '@siar/domain'
import type { Actor, Core, Language } from '../../core.ts'
import { createAccount, findUserByEmail, userActor } from '../identity/index.ts'
import type { Auth } from '../identity/index.ts'
import { findOpenInvitation, joinWorkspace, lockOpenInvitation, markAccepted } from './invitations.repo.ts'
import type { OpenInvitation } from './invitations.repo.ts'

type AcceptBody = BodyOf<typeof workspaceOperations.acceptInvitation>

/**
 * Makes the use case of accepting an invitation, exactly once for each.
 *
 * Whoever has an account must be signed in with the invited address; whoever has none makes one here, whose address
 * counts as proved because the link reached it; it speaks the language the invitation was read in. The browser signs in
 * afterwards.
 *
 * It throws AppError `invitation_invalid` (used, taken back, expired), `unauthenticated` (the address has an account),
 * `forbidden` (signed in as somebody else), `validation_failed` (name or password missing).
 */
export function createAcceptance(core: Core, auth: Auth) {
  return async (
    invitationId: string,
    headers: Headers,
    body: AcceptBody,
    language: Language,
  ): Promise<{ workspaceId: string }> => {
    const login = headers.has('cookie') ? await auth.findLogin(headers) : null
    const known = await core.inSystem(async (scope) => {
      const invitation = required(await findOpenInvitation(scope, invitationId, core.now()))
      return findUserByEmail(scope, invitation.email)
    })
    if (known && !login) throw new AppError('unauthenticated')
    const fresh = known ? null : await checkFresh(auth, body)
    return core.inSystem(async (scope) => {
      const invitation = required(await lockOpenInvitation(scope, invitationId, core.now()))
      const actor = fresh
        ? await makePerson(core, scope, invitation, { ...fresh, language })
        : requireSame(login, invitation)
      await join(core, scope, invitation, actor)
      return { workspaceId: invitation.workspaceId }
    })
  }
}

interface Fresh {
  readonly name: string
  readonly passwordHash: string
}

async function checkFresh(auth: Auth, { name, password }: AcceptBody): Promise<Fresh> {
  const problems: FieldProblem[] = []
  if (name === undefined) problems.push({ path: 'name', message: 'is needed for a new account' })
  if (password === undefined) problems.push({ path: 'password', message: 'is needed for a new account' })
  if (name === undefined || password === undefined) throw new AppError('validation_failed', { problems })
  return { name, passwordHash: await auth.hashPassword(password) }
}

async function makePerson(
  core: Core,
  scope: SystemScope,
  invitation: OpenInvitation,
  fresh: Fresh & { readonly language: Language },
): Promise<Actor> {
  const { email } = invitation
  const userId = await createAccount(core, scope, { ...fresh, email, isPlatformAdmin: false })
  return userActor({ userId, name: fresh.name })
}

function requireSame(
  login: { userId: string; name: string; email: string } | null,
  invitation: OpenInvitation,
): Actor {
  if (!login) throw new AppError('unauthenticated')
  if (login.email !== invitation.email) {
    throw new AppError('forbidden', { reason: 'the invitation is for another e-mail' })
  }
  return userActor(login)
}

async function join(core: Core, scope: SystemScope, invitation: OpenInvitation, actor: Actor): Promise<void> {
  const { id, workspaceId, role } = invitation
  const memberId = core.newId('mem')
  await markAccepted(scope, id)
  const userId = actor.id as UserId
  await joinWorkspace(scope, { id: memberId, workspaceId, userId, role, createdAt: core.now() })
  await core.audit(scope, {
    actor,
    action: 'invitation.accept',
    subjectId: id,
    workspaceId,
    details: { role },
  })
}

function required<T>(row: T | null): T {
  if (row === null) throw new AppError('invitation_invalid')
  return row
}
