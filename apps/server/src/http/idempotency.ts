import type { Operation } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import { createHash } from 'node:crypto'
import type { Core } from '../core.ts'

const KEPT = '24 hours'
/** A request that never ended (the process died) gives its key back after this time. */
const ABANDONED = '5 minutes'

interface Stored {
  readonly body_hash: string
  readonly status: number | null
  readonly response: unknown
}

export interface IdempotentRequest {
  readonly workspaceId: WorkspaceId
  readonly operation: Operation
  readonly key: string
  readonly body: unknown
}

/**
 * Runs a request at most once for each key: the same key and body get the first answer again for 24 hours.
 *
 * A failed request gives its key back, so it may be tried again; one that was done and could not be noted keeps it like one
 * at work, so that it is not done twice at once.
 * @throws AppError `idempotency_mismatch` for another body under the same key, `idempotency_in_progress` while the first
 *         request is still at work.
 */
export async function runOnce(
  core: Core,
  request: IdempotentRequest,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const { workspaceId, operation, key } = request
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest('hex')
  const identity = [workspaceId, key, operation.id]
  const known = await core.inWorkspace(workspaceId, (scope) => reserve(scope, identity, bodyHash))
  if (known) return replay(known, bodyHash)
  const response = await run().catch(async (error: unknown) => {
    await core.inWorkspace(workspaceId, (scope) => giveBack(scope, identity))
    throw error
  })
  await core.inWorkspace(workspaceId, (scope) => store(scope, identity, operation.status ?? 200, response))
  return response
}

async function reserve(scope: WorkspaceScope, identity: string[], bodyHash: string): Promise<Stored | null> {
  await scope.execute(
    `delete from idempotency_keys where workspace_id = $1 and key = $2 and operation = $3
       and (created_at < now() - interval '${KEPT}' or (status is null and created_at < now() - interval '${ABANDONED}'))`,
    identity,
  )
  const inserted = await scope.execute(
    `insert into idempotency_keys (workspace_id, key, operation, body_hash) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [...identity, bodyHash],
  )
  if (inserted === 1) return null
  const [stored] = await scope.query<Stored>(
    'select body_hash, status, response from idempotency_keys where workspace_id = $1 and key = $2 and operation = $3',
    identity,
  )
  if (!stored) throw new AppError('idempotency_in_progress')
  return stored
}

async function store(
  scope: WorkspaceScope,
  identity: readonly string[],
  status: number,
  response: unknown,
): Promise<void> {
  await scope.execute(
    'update idempotency_keys set status = $4, response = $5 where workspace_id = $1 and key = $2 and operation = $3',
    [...identity, status, JSON.stringify(response ?? null)],
  )
}

async function giveBack(scope: WorkspaceScope, identity: readonly string[]): Promise<void> {
  await scope.execute(
    'delete from idempotency_keys where workspace_id = $1 and key = $2 and operation = $3',
    [...identity],
  )
}

function replay(stored: Stored, bodyHash: string): unknown {
  if (stored.body_hash !== bodyHash) throw new AppError('idempotency_mismatch')
  if (stored.status === null) throw new AppError('idempotency_in_progress')
  return stored.response
}
