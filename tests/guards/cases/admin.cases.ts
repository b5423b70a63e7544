import type { adminOperations } from '@siar/contract'
import type { CasesOf } from './case.ts'
import { platform } from './case.ts'

export const adminCases: CasesOf<typeof adminOperations> = {
  'admin.listOutbox': platform(() => ({})),
  'admin.listUsers': platform(() => ({})),
  'admin.updateUser': platform(async ({ world, facts }) => ({
    params: { userId: (await world.addPerson({ name: facts.marker })).userId },
    body: { active: true },
  })),
  'admin.listWorkspaces': platform(() => ({})),
  'admin.updateWorkspace': platform(({ workspaceId }) => ({
    params: { workspaceId },
    body: { status: 'active' },
  })),
  'admin.getSettings': platform(() => ({})),
  'admin.updateSettings': platform(() => ({ body: { signUpOpen: false } })),
}
