import type { CredentialStore } from '@siar/channel'
import type { AnyScope, SystemScope, WorkspaceScope } from '@siar/database'
import type { SenderId, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import {
  listCredentials,
  listCredentialsAfter,
  removeCredentials,
  saveCredentials,
} from './credentials.repo.ts'
import type { CredentialKind, PlacedCredential } from './credentials.repo.ts'
import { SealBroken } from '../../seal.ts'
import type { Seal } from '../../seal.ts'
import { lockLeases } from './leases.repo.ts'
import type { Lease } from './owned-sender.ts'

export interface Resealed {
  readonly resealed: number
  readonly broken: number
}

export interface CredentialOwner {
  readonly workspaceId: WorkspaceId
  readonly senderId: SenderId
}

/** The credentials of senders: sealed, of one workspace, and written by the owner of the session only. */
export interface SenderCredentials {
  /** What an adapter is given: every write is made under the lease. @throws LeaseLost from `write` and `clear`. */
  storeOf(owner: CredentialOwner, processId: string, lease: Lease): CredentialStore
  readSecrets(scope: AnyScope, owner: CredentialOwner): Promise<Readonly<Record<string, string>>>
  /** Adds and replaces the given secrets; others stay. */
  saveSecrets(
    scope: WorkspaceScope,
    owner: CredentialOwner,
    secrets: Readonly<Record<string, string>>,
  ): Promise<void>
  /**
   * Seals everything again that lies under an older key. Safe to repeat and to end half way.
   *
   * @returns how many were sealed again, and how many cannot be opened under any configured key; those stay as they are.
   */
  resealAll(): Promise<Resealed>
}

const placeOf = ({ workspaceId, senderId }: CredentialOwner, kind: CredentialKind, key: string): string =>
  `${workspaceId}/${senderId}/${kind}/${key}`

const resealBatch = 500

export function createSenderCredentials(core: Core): SenderCredentials {
  const { seal } = core
  const sealed = (
    owner: CredentialOwner,
    kind: CredentialKind,
    entries: Iterable<readonly [string, Uint8Array]>,
  ) => [...entries].map(([key, plain]) => ({ key, sealed: seal.seal(plain, placeOf(owner, kind, key)) }))
  const underLease = (
    { workspaceId }: CredentialOwner,
    processId: string,
    lease: Lease,
    run: (scope: WorkspaceScope) => Promise<void>,
  ): Promise<void> =>
    core.inWorkspace(workspaceId, async (scope) => {
      await lockLeases(scope, processId, [lease])
      await run(scope)
    })
  return {
    storeOf: (owner, processId, lease) => ({
      read: async (keys) => {
        const rows = await core.inWorkspace(owner.workspaceId, (scope) =>
          listCredentials(scope, owner.senderId, 'key', keys),
        )
        return new Map(rows.map((row) => [row.key, seal.open(row.sealed, placeOf(owner, 'key', row.key))]))
      },
      write: (entries) =>
        underLease(owner, processId, lease, async (scope) => {
          const kept = [...entries].filter((entry): entry is [string, Uint8Array] => entry[1] !== null)
          const gone = [...entries].filter(([, value]) => value === null).map(([key]) => key)
          if (gone.length > 0) await removeCredentials(scope, owner.senderId, 'key', gone)
          await saveCredentials(scope, owner, 'key', sealed(owner, 'key', kept))
        }),
      clear: () =>
        underLease(owner, processId, lease, (scope) => removeCredentials(scope, owner.senderId, 'key', null)),
    }),
    readSecrets: async (scope, owner) => {
      const rows = await listCredentials(scope, owner.senderId, 'secret', null)
      const texts = rows.map(({ key, sealed: value }) => [
        key,
        Buffer.from(seal.open(value, placeOf(owner, 'secret', key))).toString('utf8'),
      ])
      return Object.fromEntries(texts) as Record<string, string>
    },
    saveSecrets: (scope, owner, secrets) => {
      const entries = Object.entries(secrets).map(([key, text]) => [key, Buffer.from(text)] as const)
      return saveCredentials(scope, owner, 'secret', sealed(owner, 'secret', entries))
    },
    resealAll: () => resealAll(core),
  }
}

async function resealAll(core: Core): Promise<Resealed> {
  let done: Resealed = { resealed: 0, broken: 0 }
  let after: PlacedCredential | null = null
  for (;;) {
    const from: PlacedCredential | null = after
    const rows = await core.inSystem(async (scope) => {
      const page = await listCredentialsAfter(scope, from, resealBatch)
      for (const row of page) done = add(done, await resealOne(core.seal, scope, row))
      return page
    })
    after = rows.at(-1) ?? null
    if (rows.length < resealBatch) return done
  }
}

const add = (one: Resealed, other: Resealed): Resealed => ({
  resealed: one.resealed + other.resealed,
  broken: one.broken + other.broken,
})

async function resealOne(seal: Seal, scope: SystemScope, row: PlacedCredential): Promise<Resealed> {
  if (!seal.isOld(row.sealed)) return { resealed: 0, broken: 0 }
  const owner = { workspaceId: row.workspaceId as WorkspaceId, senderId: row.senderId as SenderId }
  const place = placeOf(owner, row.kind, row.key)
  try {
    const again = { key: row.key, sealed: seal.seal(seal.open(row.sealed, place), place) }
    await saveCredentials(scope, owner, row.kind, [again])
    return { resealed: 1, broken: 0 }
  } catch (error) {
    if (error instanceof SealBroken) return { resealed: 0, broken: 1 }
    throw error
  }
}
