import { BufferJSON } from 'baileys'
import type { CredentialStore } from '@siar/channel'
import type { LinkedCredentials } from '@siar/simulator-linked-device'
import { credentialKey, credsKey } from '../worker/credential-keys.ts'

/** Puts what a device keeps into a store, as the adapter itself would have. */
export async function keepCredentials(
  store: CredentialStore,
  { creds, preKeys, appStateKey }: LinkedCredentials,
): Promise<void> {
  const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value, BufferJSON.replacer))
  const keys = Object.entries(preKeys).map(
    ([id, pair]) => [credentialKey('pre-key', id), encode(pair)] as const,
  )
  const shared = [credentialKey('app-state-sync-key', appStateKey.id), encode(appStateKey.data)] as const
  await store.write(new Map([[credsKey, encode(creds)], ...keys, shared]))
}
