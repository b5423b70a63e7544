import type { SystemScope } from '@siar/database'
import type { UserId, WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { insertMember, insertWorkspace, listOwnerless } from './workspaces.repo.ts'
import type { WorkspaceRow } from './workspaces.repo.ts'

export interface NewWorkspace {
  readonly name: string
  readonly language?: 'id' | 'en'
  readonly timeZone?: string
  readonly country?: string
  readonly isDemo?: boolean
}

/** Makes a workspace and its owner in one transaction; what is not given has the product's defaults. */
export async function makeWorkspace(
  core: Core,
  scope: SystemScope,
  owner: Actor,
  fresh: NewWorkspace,
): Promise<WorkspaceRow> {
  const id = core.newId('ws')
  const row = await insertWorkspace(scope, { ...fresh, id, slug: id, createdAt: core.now() })
  await addOwner(core, scope, id, owner.id as UserId)
  await core.audit(scope, { actor: owner, action: 'workspace.create', subjectId: id, workspaceId: id })
  return row
}

/**
 * Makes a person the owner of every workspace that has none: the demo and what the command line made before the first
 * admin came.
 *
 * @returns Their ids, oldest first.
 */
export async function adoptOwnerless(core: Core, scope: SystemScope, owner: Actor): Promise<string[]> {
  const ownerless = await listOwnerless(scope)
  for (const workspaceId of ownerless) {
    await addOwner(core, scope, workspaceId as WorkspaceId, owner.id as UserId)
    await core.audit(scope, { actor: owner, action: 'workspace.adopt', subjectId: workspaceId, workspaceId })
  }
  return ownerless
}

async function addOwner(
  core: Core,
  scope: SystemScope,
  workspaceId: WorkspaceId,
  userId: UserId,
): Promise<void> {
  await insertMember(scope, {
    id: core.newId('mem'),
    workspaceId,
    userId,
    role: 'owner',
    createdAt: core.now(),
  })
}
