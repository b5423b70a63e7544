import type { AnyScope, SystemScope, WorkspaceScope } from '@siar/database'

export type CredentialKind = 'secret' | 'key'

export interface CredentialRow {
  readonly key: string
  readonly sealed: Uint8Array
}

export function listCredentials(
  scope: AnyScope,
  senderId: string,
  kind: CredentialKind,
  keys: readonly string[] | null,
): Promise<CredentialRow[]> {
  return scope.query<CredentialRow>(
    `select key, sealed from sender_credentials
     where sender_id = $1 and kind = $2 and ($3::text[] is null or key = any($3))`,
    [senderId, kind, keys],
  )
}

export async function saveCredentials(
  scope: AnyScope,
  owner: { readonly workspaceId: string; readonly senderId: string },
  kind: CredentialKind,
  rows: readonly CredentialRow[],
): Promise<void> {
  if (rows.length === 0) return
  await scope.execute(
    `insert into sender_credentials (workspace_id, sender_id, kind, key, sealed, updated_at)
     select $1, $2, $3, kept.key, kept.sealed, now() from unnest($4::text[], $5::bytea[]) as kept (key, sealed)
     on conflict (sender_id, kind, key) do update set sealed = excluded.sealed, updated_at = excluded.updated_at`,
    [owner.workspaceId, owner.senderId, kind, rows.map(({ key }) => key), rows.map(({ sealed }) => sealed)],
  )
}

/** The names of what was entered, by sender. */
export async function listSecretNames(
  scope: WorkspaceScope,
  senderIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await scope.query<{ senderId: string; names: string[] }>(
    `select sender_id as "senderId", array_agg(key order by key) as names from sender_credentials
     where sender_id = any($1::text[]) and kind = 'secret' group by sender_id`,
    [senderIds],
  )
  return new Map(rows.map(({ senderId, names }) => [senderId, names]))
}

/** @param keys null removes all of the kind. */
export async function removeCredentials(
  scope: AnyScope,
  senderId: string,
  kind: CredentialKind,
  keys: readonly string[] | null,
): Promise<void> {
  await scope.execute(
    `delete from sender_credentials
     where sender_id = $1 and kind = $2 and ($3::text[] is null or key = any($3))`,
    [senderId, kind, keys],
  )
}

export interface PlacedCredential extends CredentialRow {
  readonly workspaceId: string
  readonly senderId: string
  readonly kind: CredentialKind
}

/** Every credential after a place, in order; for sealing all of them again. */
export function listCredentialsAfter(
  scope: SystemScope,
  after: Pick<PlacedCredential, 'senderId' | 'kind' | 'key'> | null,
  limit: number,
): Promise<PlacedCredential[]> {
  return scope.query<PlacedCredential>(
    `select workspace_id as "workspaceId", sender_id as "senderId", kind, key, sealed from sender_credentials
     where $1::text is null or (sender_id, kind, key) > ($1, $2, $3)
     order by sender_id, kind, key limit $4 for update`,
    [after?.senderId ?? null, after?.kind ?? null, after?.key ?? null, limit],
  )
}
