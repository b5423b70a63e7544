import type { BodyOf, ResponseInput, workspaceOperations } from '@siar/contract'
import { WorkspaceSettings } from '@siar/contract'
import type { AnyScope } from '@siar/database'
import type { UserId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { eraseRemoved } from './erasure.jobs.ts'
import { makeWorkspace } from './new-workspace.ts'
import { presentWorkspace } from './workspaces.present.ts'
import {
  findWorkspace,
  listSenderIds,
  lockWorkspace,
  markRemoved,
  updateWorkspace,
} from './workspaces.repo.ts'
import type { WorkspaceChange, WorkspaceRow } from './workspaces.repo.ts'

type Operations = typeof workspaceOperations
type WorkspaceAnswer = ResponseInput<Operations['getCurrent']>

/** Fills a workspace with a demo shop and answers its id; given a user, that user owns it. */
export type SeedDemo = (core: Core, userId: UserId | null) => Promise<WorkspaceId>

export interface WorkspacesService {
  create(actor: Actor, body: BodyOf<Operations['create']>): Promise<WorkspaceAnswer>
  createDemo(actor: Actor): Promise<WorkspaceAnswer>
  get(workspaceId: WorkspaceId, actor: Actor): Promise<WorkspaceAnswer>
  /** Changes what is given; rules that are not named stay as they are. */
  update(workspaceId: WorkspaceId, actor: Actor, body: BodyOf<Operations['update']>): Promise<WorkspaceAnswer>
  /**
   * Deletes the workspace: access ends now, a job erases the rows and files afterwards.
   *
   * @throws AppError `validation_failed` when the name typed to confirm is not its name.
   */
  remove(workspaceId: WorkspaceId, actor: Actor, body: BodyOf<Operations['remove']>): Promise<void>
}

export function createWorkspacesService(core: Core, seedDemo: SeedDemo): WorkspacesService {
  const changed = (scope: AnyScope, workspaceId: WorkspaceId) =>
    core.bus.publishIn(scope, { kind: 'workspace.changed', workspaceId, id: workspaceId })
  return {
    create: async (actor, body) => {
      requireUser(actor)
      const fresh = { ...body, country: body.country.toUpperCase() }
      const row = await core.inSystem((scope) => makeWorkspace(core, scope, actor, fresh))
      return presentWorkspace(row, 'owner')
    },
    createDemo: async (actor) => {
      requireUser(actor)
      const workspaceId = await seedDemo(core, actor.id as UserId)
      const row = await core.inWorkspace(workspaceId, async (scope) => {
        await core.audit(scope, { actor, action: 'workspace.create_demo', subjectId: workspaceId })
        return findWorkspace(scope, workspaceId)
      })
      return presentWorkspace(required(row), 'owner')
    },
    get: async (workspaceId, actor) => {
      const row = await core.inWorkspace(workspaceId, (scope) => findWorkspace(scope, workspaceId))
      return presentWorkspace(required(row), actor.role)
    },
    update: async (workspaceId, actor, body) => {
      const row = await core.inWorkspace(workspaceId, async (scope) => {
        const change = toChange(required(await lockWorkspace(scope, workspaceId)), body)
        const fields = Object.keys(change)
        if (fields.length === 0) return findWorkspace(scope, workspaceId)
        await core.audit(scope, {
          actor,
          action: 'workspace.update',
          subjectId: workspaceId,
          details: { fields },
        })
        await changed(scope, workspaceId)
        return updateWorkspace(scope, workspaceId, change)
      })
      return presentWorkspace(required(row), actor.role)
    },
    remove: async (workspaceId, actor, { confirmName }) => {
      await core.inSystem(async (scope) => {
        const row = required(await lockWorkspace(scope, workspaceId))
        if (confirmName.trim() !== row.name) throw wrongName()
        for (const id of await listSenderIds(scope, workspaceId)) {
          await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id })
        }
        await markRemoved(scope, workspaceId)
        await changed(scope, workspaceId)
        await core.audit(scope, { actor, action: 'workspace.remove', subjectId: workspaceId })
      })
      await core.jobs.add(eraseRemoved, {})
    },
  }
}

function toChange(
  row: WorkspaceRow,
  { settings, country, ...rest }: BodyOf<Operations['update']>,
): WorkspaceChange {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(given),
    ...(country === undefined ? {} : { country: country.toUpperCase() }),
    ...(settings === undefined ? {} : { settings: mergeSettings(row.settings, settings) }),
  }
}

function mergeSettings(
  stored: Record<string, unknown>,
  change: Record<string, unknown>,
): Record<string, unknown> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return WorkspaceSettings.parse({ ...stored, ...Object.fromEntries(given) })
}

function required<T>(row: T | null): T {
  if (row === null) throw new AppError('not_found')
  return row
}

function requireUser(actor: Actor): void {
  if (actor.kind !== 'user') throw new AppError('forbidden')
}

const wrongName = () =>
  new AppError('validation_failed', {
    problems: [{ path: 'confirmName', message: 'must be the name of the workspace' }],
  })
