import type { identityOperations } from '@siar/contract'
import type { CasesOf } from './case.ts'
import { foreign, own, silent } from './case.ts'

export const identityCases: CasesOf<typeof identityOperations> = {
  'identity.getSetUp': silent(),
  'identity.completeSetUp': {
    kind: 'link',
    status: 409,
    why: 'the first platform admin exists already: the world began with this very call',
    call: ({ name }) => ({
      body: {
        token: 'a token that nobody gave out',
        name: name('admin'),
        email: 'admin@example.com',
        password: 'correct horse battery',
        workspaceName: name('workspace'),
      },
    }),
  },
  'identity.getMe': own(),
  'identity.updateMe': foreign(({ workspaceId }) => ({ body: { activeWorkspaceId: workspaceId } })),
  'identity.listLoginSessions': own(),
  'identity.revokeLoginSession': foreign(async ({ world, owner, facts }) => {
    await world.signIn(facts.owner.email)
    const answer = await owner.send('GET', '/api/v1/me/login-sessions')
    const sessions = answer.json().data as { id: string; current: boolean }[]
    return { params: { loginSessionId: sessions.find(({ current }) => !current)?.id ?? 'none' } }
  }),
}
