import type { SystemScope, WorkspaceScope } from '@siar/database'
import type { ConsentKeyword } from '@siar/domain'

export interface KeywordAnswer {
  readonly id: string
  readonly contactId: string
  readonly senderId: string
  readonly address: string
  readonly keyword: ConsentKeyword
}

/** What is read of a workspace when somebody wrote a word that might be a keyword. */
export async function readKeywordSettings(scope: WorkspaceScope): Promise<unknown> {
  const [row] = await scope.query<{ settings: unknown }>('select settings from workspaces where id = $1', [
    scope.workspaceId,
  ])
  return row?.settings ?? {}
}

/**
 * Plans an answer, unless this person got one of this kind since an instant. Call it while the contact is locked.
 * @returns false when there was one.
 */
export async function insertAnswer(
  scope: WorkspaceScope,
  answer: KeywordAnswer,
  now: Date,
  since: Date,
): Promise<boolean> {
  const { id, contactId, senderId, address, keyword } = answer
  const added = await scope.execute(
    `insert into keyword_answers (id, workspace_id, contact_id, sender_id, address, keyword, at)
     select $1, $2, $3, $4, $5, $6, $7 where not exists (
       select 1 from keyword_answers where workspace_id = $2 and contact_id = $3 and keyword = $6 and at > $8)`,
    [id, scope.workspaceId, contactId, senderId, address, keyword, now, since],
  )
  return added > 0
}

export interface TakenAnswer extends KeywordAnswer {
  readonly language: string
  readonly shop: string
  readonly settings: unknown
}

/** Takes an answer that nobody took, for good; null when somebody did, or it is too old. */
export async function takeAnswer(
  scope: WorkspaceScope,
  id: string,
  since: Date,
): Promise<TakenAnswer | null> {
  const [row] = await scope.query<TakenAnswer>(
    `update keyword_answers a set state = 'taken' from contacts c, workspaces w
     where a.workspace_id = $1 and a.id = $2 and a.state = 'due' and a.at > $3 and c.workspace_id = $1 and c.id = a.contact_id
       and w.id = $1 and w.status = 'active'
     returning a.id, a.contact_id as "contactId", a.sender_id as "senderId", a.address, a.keyword,
       coalesce(c.language, w.language) as language, w.name as shop, w.settings`,
    [scope.workspaceId, id, since],
  )
  return row ?? null
}

export async function closeAnswer(
  scope: WorkspaceScope,
  id: string,
  state: 'due' | 'sent' | 'failed' | 'unknown',
): Promise<void> {
  await scope.execute(
    `update keyword_answers set state = $3 where workspace_id = $1 and id = $2 and state = 'taken'`,
    [scope.workspaceId, id, state],
  )
}

/** Answers that wait, such as after a crash between the message and its answer. */
export async function listDueAnswers(
  scope: SystemScope,
  since: Date,
  limit: number,
): Promise<{ id: string; workspaceId: string }[]> {
  return scope.query(
    `select id, workspace_id as "workspaceId" from keyword_answers where state = 'due' and at > $1 order by at limit $2`,
    [since, limit],
  )
}
