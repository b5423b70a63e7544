import type { workspaceOperations } from '@siar/contract'
import type { Caller } from '../../../apps/server/src/testing/caller.ts'
import type { Place } from '../world/place.ts'
import type { CasesOf } from './case.ts'
import { foreign, own, silent } from './case.ts'

/** Who was invited last, by place. */
const guests = new WeakMap<Place, Caller>()

export const workspaceCases: CasesOf<typeof workspaceOperations> = {
  'workspaces.create': own(({ name }) => ({ body: { name: name('workspace') } })),
  'workspaces.getCurrent': own(),
  'workspaces.update': own(() => ({ body: { settings: { countries: [] } } })),
  'workspaces.remove': {
    kind: 'own',
    shows: false,
    refused: true,
    call: ({ facts }) => ({ body: { confirmName: `${facts.marker} workspace` } }),
  },
  'workspaces.createDemo': silent(),
  'members.list': own(),
  'members.update': foreign(async ({ newMember }) => ({
    params: { memberId: await newMember() },
    body: { role: 'viewer' },
  })),
  'members.remove': foreign(async ({ newMember }) => ({ params: { memberId: await newMember() } })),
  'invitations.list': own(async ({ newInvitation }) => {
    await newInvitation()
    return {}
  }),
  'invitations.create': own(({ facts, phone }) => ({
    body: { email: `${facts.marker}${phone().slice(1)}@example.com`, role: 'viewer' },
  })),
  'invitations.cancel': foreign(async ({ newInvitation }) => ({
    params: { invitationId: await newInvitation() },
  })),
  'invitations.view': {
    kind: 'link',
    status: 200,
    why: 'the link is the proof: the invited person has no membership yet',
    call: async ({ newInvitation }) => ({ params: { invitationId: await newInvitation() } }),
  },
  'invitations.accept': {
    kind: 'link',
    status: 403,
    why: 'an invited person with an account must be signed in with it',
    call: async (place) => {
      const guest = await place.world.addPerson({ name: `${place.facts.marker} guest` })
      guests.set(place, guest.browser)
      return { params: { invitationId: await place.newInvitation(guest.email) }, body: {} }
    },
    by: (place) => guests.get(place) ?? place.world.nobody,
  },
  'apiKeys.list': own(async ({ newApiKey }) => {
    await newApiKey()
    return {}
  }),
  'apiKeys.create': own(({ name }) => ({ body: { name: name('key'), scopes: ['workspace.read'] } })),
  'apiKeys.revoke': foreign(async ({ newApiKey }) => ({ params: { apiKeyId: await newApiKey() } })),
  'audit.list': own(),
  'audit.export': own(),
}
