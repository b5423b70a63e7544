import type { MERGE_LEFTOVERS } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../../core.ts'
import type { ConsentLedger } from '../../consent/index.ts'
import type { ContactRow, ContactValues } from '../contacts.repo.ts'
import { updateContact } from '../contacts.repo.ts'
import type { MergeRecord, MergeRow } from './merge.repo.ts'
import { moveRowsBack } from './move-rows.repo.ts'
import {
  newestLine,
  removeMerge,
  restoreContact,
  returnAddresses,
  splitGroups,
  splitLastContacted,
  withdrawnAfter,
} from './undo.repo.ts'

export type MergeLeftover = (typeof MERGE_LEFTOVERS)[number]

type OpenMerge = MergeRow & { readonly record: MergeRecord }

interface By {
  readonly ledger: ConsentLedger
  readonly actor: Actor
  readonly survivor: ContactRow
  readonly now: Date
}

/** Takes a merge apart inside the caller's transaction, both locked; answers what stays as it is. */
export async function undoMerge(scope: WorkspaceScope, merge: OpenMerge, by: By): Promise<MergeLeftover[]> {
  const { survivorId, loserId, record } = merge
  const leftovers = new Set<MergeLeftover>()
  await restoreContact(scope, record.loser, by.now)
  if (!(await returnAddresses(scope, survivorId, loserId, record.addresses))) leftovers.add('addresses')
  if (!(await splitGroups(scope, survivorId, loserId, record))) leftovers.add('tags')
  for (const moved of record.moved.toReversed()) {
    const left = await moveRowsBack(scope, { from: loserId, to: survivorId }, moved, merge.createdAt)
    for (const kind of left) leftovers.add(kind)
  }
  const values = valuesToRestore(record, by.survivor)
  if (values.changedSince) leftovers.add('values')
  await updateContact(scope, survivorId, values.restore, by.now)
  await splitLastContacted(scope, survivorId, record)
  await removeMerge(scope, merge.id, loserId, record.earlier)
  if (!(await splitConsent(scope, merge, by))) leftovers.add('consent')
  return [...leftovers]
}

/** Every value that is still as the merge left it goes back; a newer one stays. */
export function valuesToRestore(
  { before, after }: Pick<MergeRecord, 'before' | 'after'>,
  current: ContactValues,
): { restore: ContactValues; changedSince: boolean } {
  const keys = (Object.keys(after) as (keyof ContactValues)[]).filter(
    (key) => !isDeepStrictEqual(before[key], after[key]),
  )
  const still = keys.filter((key) => isDeepStrictEqual(current[key], after[key]))
  return {
    restore: Object.fromEntries(still.map((key) => [key, before[key]])),
    changedSince: still.length < keys.length,
  }
}

/**
 * The ledger only grows, so undoing is a line too. A withdrawal from after the merge holds for both, and nobody is left with an
 * agreement that was the other's.
 *
 * @returns false when the state of one of them is not what it was.
 */
async function splitConsent(
  scope: WorkspaceScope,
  merge: OpenMerge,
  { ledger, actor }: By,
): Promise<boolean> {
  const { id, survivorId, loserId, record, createdAt } = merge
  const written = record.consent
  const newest = await newestLine(scope, survivorId)
  const withdrawn = await withdrawnAfter(scope, survivorId, createdAt, written?.id ?? null)
  const say = (contactId: typeof loserId, state: 'granted' | 'withdrawn', line: typeof newest) =>
    ledger.append(scope, {
      contactId,
      state,
      source: 'manual',
      wording: line?.wording ?? '',
      evidence: { undoneMergeId: id, ...(line ? { consentId: line.id } : {}) },
      actor,
    })
  const holdsForLoser = withdrawn !== null && record.loser.marketing_consent !== 'withdrawn'
  if (holdsForLoser) await say(loserId, 'withdrawn', withdrawn)
  if (written === null) return !holdsForLoser
  if (newest?.id !== written.id) return false
  if (written.state === 'granted') {
    await say(survivorId, 'withdrawn', null)
    return false
  }
  if (written.before !== 'granted') return false
  await say(survivorId, 'granted', await newestLine(scope, survivorId, 'granted'))
  return !holdsForLoser
}
