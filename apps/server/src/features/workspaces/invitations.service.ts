import type { BodyOf, ResponseInput, workspaceOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core, Language } from '../../core.ts'
import { invitationText } from '../../mail/mail-texts.ts'
import type { Mailer } from '../../mail/mailer.ts'
import { findUserByEmail, normalEmail, readPlatformSettings } from '../identity/index.ts'
import type { Auth } from '../identity/index.ts'
import { createAcceptance } from './acceptance.ts'
import { invitationLink, presentInvitation, presentOpenInvitation } from './invitations.present.ts'
import {
  cancelPending,
  findOpenInvitation,
  insertInvitation,
  listPendingInvitations,
} from './invitations.repo.ts'
import type { InvitationRow } from './invitations.repo.ts'
import { requireMayManage } from './members.policy.ts'
import { isMemberEmail } from './members.repo.ts'
import { findWorkspace } from './workspaces.repo.ts'

const validForMs = 7 * 24 * 60 * 60_000

type Operations = typeof workspaceOperations

export interface InvitationsService {
  list(workspaceId: WorkspaceId): Promise<ResponseInput<Operations['listInvitations']>>
  /**
   * Invites an address for seven days, by mail and by the link in the answer; an older open invitation of the same
   * address ends.
   *
   * @throws AppError `already_exists` for a member, `forbidden` when an admin invites an owner.
   */
  invite(
    workspaceId: WorkspaceId,
    actor: Actor,
    body: BodyOf<Operations['invite']>,
  ): Promise<ResponseInput<Operations['invite']>>
  /** @throws AppError `not_found` when it is not open any more. */
  cancel(workspaceId: WorkspaceId, actor: Actor, invitationId: string): Promise<void>
  /** What the holder of a link sees. @throws AppError `invitation_invalid`. */
  view(invitationId: string): Promise<ResponseInput<Operations['viewInvitation']>>
  /** See `createAcceptance`. */
  accept(
    invitationId: string,
    headers: Headers,
    body: BodyOf<Operations['acceptInvitation']>,
    language: Language,
  ): Promise<ResponseInput<Operations['acceptInvitation']>>
}

export function createInvitationsService(core: Core, auth: Auth, mailer: Mailer): InvitationsService {
  const { publicUrl } = core.config
  return {
    list: async (workspaceId) => {
      const rows = await core.inWorkspace(workspaceId, listPendingInvitations)
      return { data: rows.map((row) => presentInvitation(row, publicUrl, core.now())) }
    },
    invite: async (workspaceId, actor, { email, role }) => {
      requireMayManage(actor, [role])
      const row = newInvitation(core, normalEmail(email), role)
      const place = await core.inWorkspace(workspaceId, async (scope) => {
        if (await isMemberEmail(scope, row.email)) {
          throw new AppError('already_exists', { reason: 'this person is a member' })
        }
        const replaced = await cancelPending(scope, { email: row.email })
        requireMayManage(
          actor,
          replaced.map((one) => one.role),
        )
        await insertInvitation(scope, { ...row, inviterId: actor.id })
        await core.audit(scope, { actor, action: 'invitation.create', subjectId: row.id, details: { role } })
        return findWorkspace(scope, workspaceId)
      })
      if (place) await sendInvitation(core, mailer, row, { place, inviterName: actor.name })
      return presentInvitation(row, publicUrl, core.now())
    },
    cancel: (workspaceId, actor, invitationId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const [canceled] = await cancelPending(scope, { id: invitationId })
        if (!canceled) throw new AppError('not_found')
        requireMayManage(actor, [canceled.role])
        await core.audit(scope, { actor, action: 'invitation.cancel', subjectId: invitationId })
      }),
    view: (invitationId) =>
      core.inSystem(async (scope) => {
        const row = await findOpenInvitation(scope, invitationId, core.now())
        if (!row) throw new AppError('invitation_invalid')
        return presentOpenInvitation(row, (await findUserByEmail(scope, row.email)) !== null)
      }),
    accept: createAcceptance(core, auth),
  }
}

function newInvitation(core: Core, email: string, role: InvitationRow['role']): InvitationRow {
  const createdAt = core.now()
  const expiresAt = new Date(createdAt.getTime() + validForMs)
  return { id: core.newId('inv'), email, role, status: 'pending', expiresAt, createdAt }
}

/** In the language of the workspace: the invited person may have none yet. */
async function sendInvitation(
  core: Core,
  mailer: Mailer,
  { id, email, role }: InvitationRow,
  { place, inviterName }: { place: { name: string; language: string }; inviterName: string },
): Promise<void> {
  const { productName } = await readPlatformSettings(core)
  const language = place.language === 'en' ? 'en' : 'id'
  const url = invitationLink(core.config.publicUrl, id)
  await mailer.post(
    email,
    invitationText({ language, productName, inviterName, workspaceName: place.name, role, url }),
  )
}
