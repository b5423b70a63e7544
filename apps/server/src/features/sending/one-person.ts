import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'
import { systemActor } from '../../core.ts'
import type { Core } from '../../core.ts'
import type { ConsentLedger } from '../consent/index.ts'
import { readAddress } from './address-kind.ts'
import { addAddresses, listContactsByAddress, listOptedOut } from './incoming.repo.ts'

/**
 * Keeps that several addresses are one person.
 *
 * Addresses nobody has go to the contact that has one of them. Where two contacts turn out to be one person, both stay, and
 * an opt-out of either holds for both: who left under one name is not written to under another. Twice equals once.
 */
export async function keepOnePerson(
  core: Core,
  ledger: ConsentLedger,
  scope: WorkspaceScope,
  addresses: readonly string[],
  at: Date,
): Promise<void> {
  const known = addresses.map(readAddress)
  const contactIds = await listContactsByAddress(scope, known)
  const [first] = contactIds
  if (first === undefined) return
  const named = known.map((address) => ({ ...address, id: core.newId('adr') }))
  await addAddresses(scope, first, named, core.now())
  const left = new Set(await listOptedOut(scope, contactIds))
  if (left.size === 0) return
  for (const contactId of contactIds) {
    await ledger.optOut(scope, {
      contactId: contactId as ContactId,
      source: 'channel',
      wording: 'same_person',
      evidence: { sameAs: [...left] },
      actor: systemActor('channel'),
      at,
    })
  }
}
