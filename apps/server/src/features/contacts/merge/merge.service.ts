import type { WorkspaceScope } from '@siar/database'
import type { ContactId, ContactMergeId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../../core.ts'
import { applyFigures, FigureDeltas } from '../../campaigns/index.ts'
import type { ConsentLedger } from '../../consent/index.ts'
import type { ContactRow, ContactValues } from '../contacts.repo.ts'
import { findContact, removeContact, updateContact } from '../contacts.repo.ts'
import type { MergeRecord, MergeRow } from './merge.repo.ts'
import {
  followEarlier,
  insertMerge,
  joinGroups,
  joinLastContacted,
  keepMoved,
  listMerges,
  lockMerge,
  lockPair,
  moveAddresses,
  readContactColumns,
} from './merge.repo.ts'
import type { MergeChoice } from './merge-values.ts'
import { joinedConsent, mergeValues } from './merge-values.ts'
import { settleLater } from './merge.jobs.ts'
import type { MovedRows } from './move-rows.repo.ts'
import { movedNothing, moveRows } from './move-rows.repo.ts'
import { newestLine } from './undo.repo.ts'
import { undoMerge } from './undo-merge.ts'

export const undoDays = 7
const dayMs = 86_400_000

export interface MergeView {
  readonly id: string
  readonly name: string
  readonly mergedAt: string
  readonly undoUntil: string | null
}

/** Two contacts that are one person. */
export function createMergeService(core: Core, { ledger }: { ledger: ConsentLedger }) {
  const publish = (scope: WorkspaceScope, id: ContactId) =>
    core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId: scope.workspaceId, id })
  return {
    /**
     * Takes one contact into another. Its id stands for the survivor from then on. Whoever waits in a run twice is sent one message.
     *
     * @throws AppError `not_found`; `validation_failed` for a contact and itself.
     */
    async merge(
      workspaceId: WorkspaceId,
      actor: Actor,
      survivorId: ContactId,
      { otherId, ...choice }: MergeChoice & { readonly otherId: ContactId },
    ) {
      if (survivorId === otherId) {
        throw new AppError('validation_failed', {
          problems: [{ path: 'otherId', message: 'must be another contact' }],
        })
      }
      const id = core.newId('mrg')
      const merged = await core.inWorkspace(workspaceId, async (scope) => {
        if ((await lockPair(scope, [survivorId, otherId])) < 2) throw new AppError('not_found')
        const [survivor, loser] = [
          await requireContact(scope, survivorId),
          await requireContact(scope, otherId),
        ]
        const merge: MergeRow = {
          id,
          survivorId,
          loserId: otherId,
          createdAt: core.now(),
          undoUntil: new Date(core.now().getTime() + undoDays * dayMs),
          record: null,
        }
        const record = await join(scope, { ledger, actor, merge, survivor, loser, choice, now: core.now() })
        await insertMerge(scope, { ...merge, record, createdBy: actor.id })
        await core.audit(scope, {
          actor,
          action: 'contact.merge',
          subjectId: survivorId,
          details: { other: otherId },
        })
        await publish(scope, survivorId)
        await countPassedOver(scope, record.moved)
        return {
          contact: await requireContact(scope, survivorId),
          merge: present({ ...merge, name: loser.fullName, undoable: true }, core.now()),
        }
      })
      await settleLater(core.jobs, workspaceId, id)
      return merged
    },

    /** What a contact has taken in. @throws AppError `not_found`. */
    merges: (workspaceId: WorkspaceId, contactId: ContactId): Promise<MergeView[]> =>
      core.inWorkspace(workspaceId, async (scope) => {
        await requireContact(scope, contactId)
        return (await listMerges(scope, contactId)).map((row) => present(row, core.now()))
      }),

    /**
     * Makes two contacts of one again. What is newer than the merge stays with the survivor, and is named.
     *
     * @throws AppError `not_found`, `merge_undo_over`.
     */
    undoMerge: (workspaceId: WorkspaceId, actor: Actor, survivorId: ContactId, id: ContactMergeId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const merge = await lockMerge(scope, id)
        if (merge?.survivorId !== survivorId) throw new AppError('not_found')
        const { record, loserId } = merge
        if (record === null || merge.undoUntil <= core.now()) throw new AppError('merge_undo_over')
        await lockPair(scope, [survivorId])
        const survivor = await requireContact(scope, survivorId)
        const leftovers = await undoMerge(
          scope,
          { ...merge, record },
          { ledger, actor, survivor, now: core.now() },
        )
        await core.audit(scope, {
          actor,
          action: 'contact.undo_merge',
          subjectId: survivorId,
          details: { other: loserId, leftovers },
        })
        await publish(scope, survivorId)
        return {
          contact: await requireContact(scope, survivorId),
          restored: await requireContact(scope, loserId),
          leftovers,
        }
      }),

    /** Moves what was written under the old id while a merge was at work. Doing it twice changes nothing more. */
    settle: (workspaceId: WorkspaceId, id: ContactMergeId): Promise<void> =>
      core.inWorkspace(workspaceId, async (scope) => {
        const merge = await lockMerge(scope, id)
        if (merge === null) return
        const { loserId, survivorId, record } = merge
        await lockPair(scope, [survivorId, loserId])
        const moved = await moveRows(scope, { from: loserId, to: survivorId }, false)
        if (movedNothing(moved)) return
        if (record !== null) await keepMoved(scope, id, moved)
        await publish(scope, survivorId)
        await countPassedOver(scope, [moved])
      }),
  }
}

interface Join {
  readonly ledger: ConsentLedger
  readonly actor: Actor
  readonly merge: MergeRow
  readonly survivor: ContactRow
  readonly loser: ContactRow
  readonly choice: MergeChoice
  readonly now: Date
}

async function join(
  scope: WorkspaceScope,
  { ledger, actor, merge, survivor, loser, choice, now }: Join,
): Promise<MergeRecord> {
  const { survivorId: to, loserId: from } = merge
  const row = await readContactColumns(scope, from)
  const groups = await joinGroups(scope, from, to)
  await joinLastContacted(scope, from, to)
  const addresses = await moveAddresses(scope, from, to, now)
  const moved = await moveRows(scope, { from, to }, survivor.phone === null)
  const earlier = await followEarlier(scope, from, to)
  const consent = await joinConsent(scope, { ledger, actor, merge, survivor, loser })
  const after = mergeValues(survivor, loser, choice)
  await removeContact(scope, from)
  await updateContact(scope, to, after, now)
  return {
    loser: row,
    addresses,
    ...groups,
    before: valuesOf(survivor),
    after,
    lastContactedBefore: survivor.lastContactedAt?.toISOString() ?? null,
    consent,
    earlier,
    moved: [moved],
  }
}

async function joinConsent(
  scope: WorkspaceScope,
  { ledger, actor, merge, survivor, loser }: Pick<Join, 'ledger' | 'actor' | 'merge' | 'survivor' | 'loser'>,
): Promise<MergeRecord['consent']> {
  const state = joinedConsent(survivor.marketingConsent, loser.marketingConsent)
  if (state === null) return null
  const line = await newestLine(scope, loser.id)
  const written = await ledger.append(scope, {
    contactId: survivor.id,
    state,
    source: 'manual',
    wording: line?.wording ?? '',
    evidence: { mergeId: merge.id, mergedContactId: loser.id, ...(line ? { consentId: line.id } : {}) },
    actor,
  })
  return { id: written.id, state, before: survivor.marketingConsent }
}

export function valuesOf(contact: ContactRow): ContactValues {
  const { fullName, firstName, lastName, email, company, language, timeZone, notes, custom, active } = contact
  return { fullName, firstName, lastName, email, company, language, timeZone, notes, custom, active }
}

async function countPassedOver(scope: WorkspaceScope, moved: readonly MovedRows[]): Promise<void> {
  const deltas = new FigureDeltas()
  for (const { runId } of moved.flatMap(({ passedOver }) => passedOver)) {
    deltas.move(runId, 'queued', 'skipped', 'duplicate')
  }
  await applyFigures(scope, deltas)
}

async function requireContact(scope: WorkspaceScope, id: ContactId): Promise<ContactRow> {
  const row = await findContact(scope, id)
  if (row === null) throw new AppError('not_found')
  return row
}

function present(
  merge: Omit<MergeRow, 'record'> & { readonly name: string; readonly undoable: boolean },
  now: Date,
): MergeView {
  const isOpen = merge.undoable && merge.undoUntil > now
  return {
    id: merge.id,
    name: merge.name,
    mergedAt: merge.createdAt.toISOString(),
    undoUntil: isOpen ? merge.undoUntil.toISOString() : null,
  }
}
