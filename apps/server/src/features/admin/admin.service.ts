import type { adminOperations, BodyOf, QueryOf, ResponseInput } from '@siar/contract'
import type { SystemScope, WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import type { Mailer } from '../../mail/mailer.ts'
import { decodeTimeCursor, timeKeysOf } from '../../time-cursor.ts'
import { deleteLoginSessionsOf, readPlatformSettings, writePlatformSettings } from '../identity/index.ts'
import { presentMail, presentUser, presentWorkspaceLine } from './admin.present.ts'
import {
  findUser,
  listAllWorkspaces,
  listUsers,
  lockPlatformAdmins,
  setMessageQuota,
  setWorkspaceStatus,
  updateUser,
} from './admin.repo.ts'
import type { UserRow } from './admin.repo.ts'

type Operations = typeof adminOperations
type Answer<K extends keyof Operations> = ResponseInput<Operations[K]>

/** What the platform admin sees and changes; the HTTP layer lets nobody else in. */
export interface AdminService {
  listOutbox(query: QueryOf<Operations['listOutbox']>): Promise<Answer<'listOutbox'>>
  listUsers(query: QueryOf<Operations['listUsers']>): Promise<Answer<'listUsers'>>
  /**
   * A deactivated user is signed out everywhere at once.
   *
   * @throws AppError `last_platform_admin` when no active platform admin would be left.
   */
  updateUser(
    actor: Actor,
    userId: string,
    change: BodyOf<Operations['updateUser']>,
  ): Promise<Answer<'updateUser'>>
  listWorkspaces(): Promise<Answer<'listWorkspaces'>>
  /**
   * In a suspended workspace people read, and nothing is changed or sent. A message quota holds from the next message on.
   *
   * @throws AppError `not_found`.
   */
  updateWorkspace(
    actor: Actor,
    workspaceId: WorkspaceId,
    change: BodyOf<Operations['updateWorkspace']>,
  ): Promise<void>
  getSettings(): Promise<Answer<'getSettings'>>
  updateSettings(
    actor: Actor,
    change: BodyOf<Operations['updateSettings']>,
  ): Promise<Answer<'updateSettings'>>
}

export function createAdminService(core: Core, mailer: Mailer): AdminService {
  return {
    listOutbox: async ({ cursor, limit }) => {
      const found = await mailer.listOutbox({ before: decodeTimeCursor(cursor), limit: limit + 1 })
      const keysOf = (mail: { id: string; createdAt: Date }) =>
        timeKeysOf({ at: mail.createdAt, id: mail.id })
      const { rows, nextCursor } = toPage(found, limit, keysOf)
      return { data: rows.map(presentMail), nextCursor }
    },
    listUsers: async ({ cursor, limit, search }) => {
      const beforeId = decodeCursor(cursor, ['text'])?.[0] ?? null
      const found = await core.inSystem((scope) => listUsers(scope, { search, beforeId, limit: limit + 1 }))
      const { rows, nextCursor } = toPage(found, limit, ({ id }) => [id])
      return { data: rows.map(presentUser), nextCursor }
    },
    updateUser: (actor, userId, change) =>
      core.inSystem((scope) => applyToUser(core, scope, actor, userId, change)),
    listWorkspaces: async () => {
      const rows = await core.inSystem(listAllWorkspaces)
      return { data: rows.map(presentWorkspaceLine) }
    },
    updateWorkspace: (actor, workspaceId, change) =>
      core.inWorkspace(workspaceId, (scope) => applyToWorkspace(core, scope, actor, change)),
    getSettings: () => readPlatformSettings(core),
    updateSettings: (actor, change) =>
      core.inSystem(async (scope) => {
        await core.audit(scope, { actor, action: 'settings.update', details: change })
        return writePlatformSettings(scope, change, core.now())
      }),
  }
}

async function applyToWorkspace(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  { status, messageQuota }: BodyOf<Operations['updateWorkspace']>,
): Promise<void> {
  const { workspaceId } = scope
  if (status !== undefined) {
    if (!(await setWorkspaceStatus(scope, status))) throw new AppError('not_found')
    const action = status === 'active' ? 'workspace.reactivate' : 'workspace.suspend'
    await core.audit(scope, { actor, action, subjectId: workspaceId })
  }
  if (messageQuota !== undefined) {
    if (!(await setMessageQuota(scope, messageQuota))) throw new AppError('not_found')
    const details = { messageQuota }
    await core.audit(scope, { actor, action: 'workspace.quota', subjectId: workspaceId, details })
  }
  if (status === undefined && messageQuota === undefined) return
  await core.bus.publishIn(scope, { kind: 'workspace.changed', workspaceId, id: workspaceId })
}

async function applyToUser(
  core: Core,
  scope: SystemScope,
  actor: Actor,
  userId: string,
  change: BodyOf<Operations['updateUser']>,
) {
  const admins = await lockPlatformAdmins(scope)
  const user = await findUser(scope, userId)
  if (!user) throw new AppError('not_found')
  const active = change.active ?? user.active
  const isPlatformAdmin = change.isPlatformAdmin ?? user.isPlatformAdmin
  const isLast = admins.length === 1 && admins[0] === userId
  if (isLast && !(active && isPlatformAdmin)) throw new AppError('last_platform_admin')
  await updateUser(scope, userId, { active, isPlatformAdmin, at: core.now() })
  if (!active) await deleteLoginSessionsOf(scope, userId)
  for (const action of actionsOf(user, active, isPlatformAdmin)) {
    await core.audit(scope, { actor, action, subjectId: userId })
  }
  return presentUser({ ...user, active, isPlatformAdmin })
}

function actionsOf(user: UserRow, active: boolean, isPlatformAdmin: boolean): string[] {
  return [
    ...(active === user.active ? [] : [active ? 'user.activate' : 'user.deactivate']),
    ...(isPlatformAdmin === user.isPlatformAdmin ? [] : [isPlatformAdmin ? 'user.promote' : 'user.demote']),
  ]
}
