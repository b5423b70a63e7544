import { API_KEY_SCOPES } from '@siar/contract'
import type { ApiKey, BodyOf, ResponseInput, workspaceOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { z } from 'zod'
import type { Actor, Core } from '../../core.ts'
import { makeApiKeySecret } from '../identity/index.ts'
import { deleteApiKey, insertApiKey, listApiKeys } from './api-keys.repo.ts'
import type { ApiKeyRow } from './api-keys.repo.ts'

const dayMs = 24 * 60 * 60_000

type Operations = typeof workspaceOperations

export interface ApiKeysService {
  list(workspaceId: WorkspaceId): Promise<ResponseInput<Operations['listApiKeys']>>
  /** The secret is in this answer and nowhere else; the database holds its hash. */
  create(
    workspaceId: WorkspaceId,
    actor: Actor,
    body: BodyOf<Operations['createApiKey']>,
  ): Promise<ResponseInput<Operations['createApiKey']>>
  /** The key's next request is refused. */
  revoke(workspaceId: WorkspaceId, actor: Actor, apiKeyId: string): Promise<void>
}

export function createApiKeysService(core: Core): ApiKeysService {
  return {
    list: async (workspaceId) => {
      const rows = await core.inWorkspace(workspaceId, listApiKeys)
      return { data: rows.map(presentApiKey) }
    },
    create: async (workspaceId, actor, { name, scopes, expiresInDays }) => {
      const { secret, hash, start } = makeApiKeySecret()
      const createdAt = core.now()
      const expiresAt = expiresInDays === null ? null : new Date(createdAt.getTime() + expiresInDays * dayMs)
      const permissions = JSON.stringify([...new Set(scopes)])
      const row = { id: core.newId('key'), name, start, permissions, expiresAt, createdAt }
      await core.inWorkspace(workspaceId, async (scope) => {
        await insertApiKey(scope, { ...row, hash })
        const details = { name, scopes, expiresInDays }
        await core.audit(scope, { actor, action: 'api_key.create', subjectId: row.id, details })
      })
      return { ...presentApiKey({ ...row, lastUsedAt: null }), secret }
    },
    revoke: (workspaceId, actor, apiKeyId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        if (!(await deleteApiKey(scope, apiKeyId))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'api_key.revoke', subjectId: apiKeyId })
      }),
  }
}

function presentApiKey(row: ApiKeyRow): z.input<typeof ApiKey> {
  const stored: unknown = JSON.parse(row.permissions)
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    scopes: API_KEY_SCOPES.filter((scope) => Array.isArray(stored) && stored.includes(scope)),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}
