import type { WorkspaceScope } from '@siar/database'
import type { SenderId } from '@siar/domain'

export interface AccountSender {
  readonly id: SenderId
  readonly name: string
  readonly phone: string | null
  readonly isOnline: boolean
  readonly wabaId: string
  /** Known where Meta may be given examples of files. */
  readonly appId: string | null
}

/** Senders of the workspace on Cloud API, those first that can be asked now. */
export function listAccountSenders(scope: WorkspaceScope): Promise<AccountSender[]> {
  return scope.query<AccountSender>(
    `select id, name, phone, status in ('online', 'restricted') as "isOnline",
       settings -> 'cloud_api' ->> 'wabaId' as "wabaId", settings -> 'cloud_api' ->> 'appId' as "appId"
     from senders where channel = 'cloud_api' and settings -> 'cloud_api' ->> 'wabaId' is not null
     order by status in ('online', 'restricted') desc, created_at, id`,
  )
}

export async function findWabaOf(scope: WorkspaceScope, senderId: SenderId): Promise<string | null> {
  const [row] = await scope.query<{ wabaId: string | null }>(
    `select settings -> 'cloud_api' ->> 'wabaId' as "wabaId" from senders where id = $1`,
    [senderId],
  )
  return row?.wabaId ?? null
}
