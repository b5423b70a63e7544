import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { systemActor } from '../../core.ts'
import { readKeyword } from './keyword-answers.ts'
import type { ConsentRow, ConsentSource, ConsentState } from './consent.repo.ts'
import {
  hasWithdrawnSince,
  insertConsent,
  liftOwnOptOut,
  lockConsentState,
  suppressAddresses,
} from './consent.repo.ts'

/** One line for the ledger. `evidence` holds ids and facts that prove it; no secrets. */
export interface ConsentEntry {
  readonly contactId: ContactId
  readonly state: ConsentState
  readonly source: ConsentSource
  readonly wording: string
  readonly evidence: Readonly<Record<string, unknown>>
  readonly actor: Actor
  /** When it was said; now unless told, never in the future. */
  readonly at?: Date
}

export interface OptOutEntry extends Omit<ConsentEntry, 'state'> {
  readonly reason?: 'unsubscribed' | 'spam_report'
  readonly note?: string
}

export interface OptOutResult {
  /** Addresses of the contact that are suppressed now. */
  readonly suppressed: number
  /** False when the contact had opted out in full before: nothing was written. */
  readonly changed: boolean
}

export interface KeywordResult extends OptOutResult {
  readonly action: 'none' | 'opted_out' | 'opted_in'
}

/** Consent inside a transaction of the caller: for services that do more in the same transaction. */
export interface ConsentLedger {
  /** Appends one line. @throws AppError `not_found` for a contact that is not in the workspace. */
  append(scope: WorkspaceScope, entry: ConsentEntry): Promise<ConsentRow>
  /**
   * Withdraws consent and suppresses every address of the contact, together. Doing it twice changes nothing more.
   * @throws AppError `not_found`.
   */
  optOut(scope: WorkspaceScope, entry: OptOutEntry): Promise<OptOutResult>
  /**
   * Records consent and lifts the suppression that an earlier opt-out of the same person had put up, not one for another
   * reason. One that is older than a withdrawal does nothing.
   * @throws AppError `not_found`.
   */
  optIn(scope: WorkspaceScope, entry: Omit<ConsentEntry, 'state'> & { at: Date }): Promise<KeywordResult>
  /**
   * Does what an incoming message asks for when it is nothing but a keyword (`STOP`, `MULAI`).
   *
   * An opt-out always holds; a message that came late is no opt-in. Handling a message twice equals once.
   *
   * @param message `at` is when the person wrote it; `messageId` goes into the evidence.
   */
  applyKeyword(
    scope: WorkspaceScope,
    message: { contactId: ContactId; text: string; at: Date; messageId?: string },
  ): Promise<KeywordResult>
}

const keywordActor = systemActor('keyword')

export function createConsentLedger(core: Core): ConsentLedger {
  const write = (scope: WorkspaceScope, entry: ConsentEntry) => {
    const now = core.now()
    const { actor, at = now, evidence, ...rest } = entry
    return insertConsent(scope, {
      ...rest,
      id: core.newId('cns'),
      evidence: { ...evidence, actorKind: actor.kind, actorId: actor.id },
      actor: actor.name,
      at: at > now ? now : at,
    })
  }
  const optOut: ConsentLedger['optOut'] = async (scope, { reason, note, ...entry }) => {
    const state = await requireState(scope, entry.contactId)
    const { added, total } = await suppressAddresses(scope, entry.contactId, {
      reason: reason ?? 'unsubscribed',
      note: note ?? '',
      createdBy: entry.actor.id,
      at: core.now(),
      newId: () => core.newId('sup'),
    })
    if (state !== 'withdrawn') await write(scope, { ...entry, state: 'withdrawn' })
    return { suppressed: total, changed: added > 0 || state !== 'withdrawn' }
  }
  const optIn: ConsentLedger['optIn'] = async (scope, entry) => {
    const state = await requireState(scope, entry.contactId)
    if (await hasWithdrawnSince(scope, entry.contactId, entry.at)) {
      return { action: 'none', suppressed: 0, changed: false }
    }
    const lifted = await liftOwnOptOut(scope, entry.contactId)
    if (state !== 'granted') await write(scope, { ...entry, state: 'granted' })
    return { action: 'opted_in', suppressed: 0, changed: lifted > 0 || state !== 'granted' }
  }
  return {
    append: async (scope, entry) => {
      await requireState(scope, entry.contactId)
      return write(scope, entry)
    },
    optOut,
    optIn,
    applyKeyword: async (scope, { contactId, text, at, messageId }) => {
      const keyword = await readKeyword(scope, text)
      if (keyword === null) return { action: 'none', suppressed: 0, changed: false }
      const entry = {
        contactId,
        source: 'keyword' as const,
        wording: text.trim().slice(0, 100),
        evidence: messageId === undefined ? {} : { messageId },
        actor: keywordActor,
        at,
      }
      if (keyword === 'opt_in') return optIn(scope, entry)
      return { action: 'opted_out', ...(await optOut(scope, entry)) }
    },
  }
}

async function requireState(scope: WorkspaceScope, contactId: ContactId) {
  const state = await lockConsentState(scope, contactId)
  if (state === null) throw new AppError('not_found')
  return state
}
