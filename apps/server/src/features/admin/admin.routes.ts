import { adminOperations, identityOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { bind } from '../../http/binding.ts'
import type { Binding } from '../../http/binding.ts'
import type { AdminService } from './admin.service.ts'
import type { SetUpService } from './set-up.service.ts'

export function adminBindings(admin: AdminService, setUp: SetUpService): Binding[] {
  return [
    bind(identityOperations.getSetUp, () => setUp.getState()),
    bind(identityOperations.completeSetUp, ({ body }) => setUp.complete(body)),
    bind(adminOperations.listOutbox, ({ query }) => admin.listOutbox(query)),
    bind(adminOperations.listUsers, ({ query }) => admin.listUsers(query)),
    bind(adminOperations.updateUser, ({ actor, params, body }) =>
      admin.updateUser(actor, params.userId, body),
    ),
    bind(adminOperations.listWorkspaces, () => admin.listWorkspaces()),
    bind(adminOperations.updateWorkspace, async ({ actor, params, body }) => {
      await admin.updateWorkspace(actor, params.workspaceId as WorkspaceId, body)
      return undefined
    }),
    bind(adminOperations.getSettings, () => admin.getSettings()),
    bind(adminOperations.updateSettings, ({ actor, body }) => admin.updateSettings(actor, body)),
  ]
}
