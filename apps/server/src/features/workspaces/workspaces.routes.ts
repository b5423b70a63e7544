import { workspaceOperations as operations } from '@siar/contract'
import { bind } from '../../http/binding.ts'
import type { Binding } from '../../http/binding.ts'
import type { ApiKeysService } from './api-keys.service.ts'
import type { InvitationsService } from './invitations.service.ts'
import type { MembersService } from './members.service.ts'
import type { WorkspacesService } from './workspaces.service.ts'

export interface WorkspaceServices {
  readonly workspaces: WorkspacesService
  readonly members: MembersService
  readonly invitations: InvitationsService
  readonly apiKeys: ApiKeysService
}

/** Everything of the group but the audit log, which has a feature of its own. */
export function workspacesBindings(services: WorkspaceServices): Binding[] {
  return [
    ...ownBindings(services),
    ...memberBindings(services),
    ...invitationBindings(services),
    ...apiKeyBindings(services),
  ]
}

const done = async (work: Promise<void>): Promise<undefined> => {
  await work
  return undefined
}

function ownBindings({ workspaces }: WorkspaceServices): Binding[] {
  return [
    bind(operations.create, ({ actor, body }) => workspaces.create(actor, body)),
    bind(operations.createDemo, ({ actor }) => workspaces.createDemo(actor)),
    bind(operations.getCurrent, ({ workspaceId, actor }) => workspaces.get(workspaceId, actor)),
    bind(operations.update, ({ workspaceId, actor, body }) => workspaces.update(workspaceId, actor, body)),
    bind(operations.remove, ({ workspaceId, actor, body }) =>
      done(workspaces.remove(workspaceId, actor, body)),
    ),
  ]
}

function memberBindings({ members }: WorkspaceServices): Binding[] {
  return [
    bind(operations.listMembers, ({ workspaceId }) => members.list(workspaceId)),
    bind(operations.updateMember, ({ workspaceId, actor, params, body }) =>
      members.update(workspaceId, actor, params.memberId, body),
    ),
    bind(operations.removeMember, ({ workspaceId, actor, params }) =>
      done(members.remove(workspaceId, actor, params.memberId)),
    ),
  ]
}

function invitationBindings({ invitations }: WorkspaceServices): Binding[] {
  return [
    bind(operations.listInvitations, ({ workspaceId }) => invitations.list(workspaceId)),
    bind(operations.invite, ({ workspaceId, actor, body }) => invitations.invite(workspaceId, actor, body)),
    bind(operations.cancelInvitation, ({ workspaceId, actor, params }) =>
      done(invitations.cancel(workspaceId, actor, params.invitationId)),
    ),
    bind(operations.viewInvitation, ({ params }) => invitations.view(params.invitationId)),
    bind(operations.acceptInvitation, ({ params, headers, body, language }) =>
      invitations.accept(params.invitationId, headers, body, language),
    ),
  ]
}

function apiKeyBindings({ apiKeys }: WorkspaceServices): Binding[] {
  return [
    bind(operations.listApiKeys, ({ workspaceId }) => apiKeys.list(workspaceId)),
    bind(operations.createApiKey, ({ workspaceId, actor, body }) => apiKeys.create(workspaceId, actor, body)),
    bind(operations.revokeApiKey, ({ workspaceId, actor, params }) =>
      done(apiKeys.revoke(workspaceId, actor, params.apiKeyId)),
    ),
  ]
}
