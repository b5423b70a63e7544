import type { SystemScope, WorkspaceScope } from '@siar/database'
import { toJsonText } from '../../json-text.ts'
import type { SenderAnswer, SenderCall } from './sender-call.ts'

/** @returns false when the workspace has no such sender. */
export async function insertCall(
  scope: WorkspaceScope,
  question: { readonly id: string; readonly senderId: string; readonly call: SenderCall; readonly at: Date },
): Promise<boolean> {
  const { id, senderId, call, at } = question
  const added = await scope.execute(
    `insert into sender_calls (id, workspace_id, sender_id, call, created_at)
     select $1, $2, id, $4::jsonb, $5 from senders where id = $3`,
    [id, scope.workspaceId, senderId, JSON.stringify(call), at],
  )
  return added > 0
}

export async function findAnswer(scope: WorkspaceScope, id: string): Promise<SenderAnswer | null> {
  const [row] = await scope.query<{ answer: SenderAnswer | null }>(
    'select answer from sender_calls where id = $1',
    [id],
  )
  return row?.answer ?? null
}

export async function removeCall(scope: WorkspaceScope, id: string): Promise<void> {
  await scope.execute('delete from sender_calls where id = $1', [id])
}

export interface OpenCall {
  readonly id: string
  readonly workspaceId: string
  readonly call: SenderCall
}

/** Questions to a sender that nobody has answered, oldest first; those asked before an instant are given up. */
export async function listOpenCalls(scope: SystemScope, senderId: string, since: Date): Promise<OpenCall[]> {
  await scope.execute('delete from sender_calls where sender_id = $1 and created_at < $2', [senderId, since])
  return scope.query<OpenCall>(
    `select id, workspace_id as "workspaceId", call from sender_calls
     where sender_id = $1 and answer is null order by created_at, id`,
    [senderId],
  )
}

export async function saveAnswer(scope: SystemScope, id: string, answer: SenderAnswer): Promise<void> {
  await scope.execute('update sender_calls set answer = $2::jsonb where id = $1', [id, toJsonText(answer)])
}
