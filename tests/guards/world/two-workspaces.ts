import { identityOperations, API_KEY_SCOPES } from '@siar/contract'
import type { Database } from '@siar/database'
import { createSetUpLink } from '../../../apps/server/src/features/admin/index.ts'
import type { Caller, Reply } from '../../../apps/server/src/testing/caller.ts'
import { createTestApp } from '../../../apps/server/src/testing/test-app.ts'
import type { TestApp } from '../../../apps/server/src/testing/test-app.ts'
import { answerCalls } from './answer-calls.ts'
import { fillPlace } from './fill.ts'
import { createPlace } from './place.ts'
import type { Place } from './place.ts'

export interface TwoWorkspaces {
  readonly world: TestApp
  /** The stranger's workspace, filled like the other. */
  readonly ours: Place
  /** The workspace that must be neither seen nor changed. */
  readonly theirs: Place
  /** A key of the stranger's workspace with every scope there is. */
  readonly ourKey: Caller
  readonly admin: Caller
  /** The answer to the set-up that made `admin`. */
  readonly setUp: Reply
}

/** An installation as it grows in use: set up through its link, then two workspaces with a row of every kind. */
export async function buildTwoWorkspaces(database: Database): Promise<TwoWorkspaces> {
  const world = await createTestApp(database)
  answerCalls(world.core)
  world.services.testSend.attach(async () => ({ outcome: 'accepted', reason: null }))
  const setUp = await completeSetUp(world)
  const ours = await addPlace(world, 'Apel', '6285510')
  const theirs = await addPlace(world, 'Zebra', '6285520')
  const ourKey = await world.addKey(ours.owner, API_KEY_SCOPES)
  return { world, ours, theirs, ourKey, setUp, admin: await world.signIn('admin@example.com') }
}

async function completeSetUp(world: TestApp): Promise<Reply> {
  const link = await createSetUpLink(world.core)
  const token = new URL(link?.url ?? 'http://none').searchParams.get('token')
  return world.nobody.call(identityOperations.completeSetUp, {
    body: {
      token,
      name: 'Admin',
      email: 'admin@example.com',
      password: 'correct horse battery',
      workspaceName: 'Kantor',
    },
  })
}

async function addPlace(world: TestApp, marker: string, phonePrefix: string): Promise<Place> {
  const owner = await world.addPerson({ name: marker })
  const workspaceId = await world.addWorkspace(owner, `${marker} workspace`)
  const place = createPlace(world, { marker, phonePrefix, workspaceId, owner })
  await fillPlace(place)
  return place
}
