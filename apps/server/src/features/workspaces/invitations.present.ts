import type { Invitation, ResponseInput, workspaceOperations } from '@siar/contract'
import type { z } from 'zod'
import type { InvitationRow, OpenInvitation } from './invitations.repo.ts'

export function invitationLink(publicUrl: string, invitationId: string): string {
  return `${publicUrl}/invitations/${invitationId}`
}

export function presentInvitation(
  row: InvitationRow,
  publicUrl: string,
  now: Date,
): z.input<typeof Invitation> {
  const { id, email, role, expiresAt, createdAt } = row
  const expired = row.status === 'pending' && expiresAt <= now
  return {
    id,
    email,
    role,
    status: expired ? 'expired' : row.status,
    link: invitationLink(publicUrl, id),
    expiresAt: expiresAt.toISOString(),
    createdAt: createdAt.toISOString(),
  }
}

export function presentOpenInvitation(
  row: OpenInvitation,
  accountExists: boolean,
): ResponseInput<typeof workspaceOperations.viewInvitation> {
  const { workspaceName, email, role, inviterName } = row
  return { workspaceName, email, role, inviterName, accountExists }
}
