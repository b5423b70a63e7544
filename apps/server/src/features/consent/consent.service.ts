import type { ContactId, SuppressionId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import { getPhoneRules, requirePhone } from '../addresses/index.ts'
import { createConsentChainService } from './chain.service.ts'
import type { ConsentState } from './consent.repo.ts'
import { listConsents } from './consent.repo.ts'
import type { ConsentLedger } from './ledger.ts'
import { createConsentLedger } from './ledger.ts'
import { createConsentProofService } from './proof.service.ts'
import { createSuppressionFilesService } from './suppression-files.service.ts'
import type { SuppressionReason } from './suppressions.repo.ts'
import {
  countSuppressions,
  insertSuppression,
  listSuppressions,
  removeSuppression,
} from './suppressions.repo.ts'

export type ConsentService = ReturnType<typeof createConsentService>

interface SuppressionQuery {
  readonly search?: string | undefined
  readonly reason?: SuppressionReason | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The consent ledger and the suppression list of a workspace. Every change by a person is audited. */
export function createConsentService(core: Core) {
  const ledger: ConsentLedger = createConsentLedger(core)
  return {
    ledger,
    chain: createConsentChainService(core),
    proof: createConsentProofService(core),
    suppressionFiles: createSuppressionFilesService(core),

    /** @throws AppError `not_found`. */
    async listConsents(workspaceId: WorkspaceId, contactId: ContactId) {
      const rows = await core.inWorkspace(workspaceId, (scope) => listConsents(scope, contactId))
      if (rows === null) throw new AppError('not_found')
      return rows
    },

    /** A member attests what a contact said; the wording is kept as it is. It does not lift a suppression. */
    async recordConsent(
      workspaceId: WorkspaceId,
      actor: Actor,
      consent: { contactId: ContactId; state: ConsentState; wording: string },
    ) {
      return core.inWorkspace(workspaceId, async (scope) => {
        const source = actor.kind === 'api_key' ? 'api' : 'attestation'
        const row = await ledger.append(scope, { ...consent, source, evidence: {}, actor })
        await core.audit(scope, {
          actor,
          action: 'consent.record',
          subjectId: consent.contactId,
          details: { state: consent.state },
        })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId, id: consent.contactId })
        return row
      })
    },

    /** Opts a contact out by hand, see `ConsentLedger.optOut`. */
    async optOut(workspaceId: WorkspaceId, actor: Actor, contactId: ContactId, note: string) {
      return core.inWorkspace(workspaceId, async (scope) => {
        const entry = { contactId, source: 'manual', wording: note, note, evidence: {}, actor } as const
        const { suppressed, changed } = await ledger.optOut(scope, entry)
        if (changed) {
          await core.audit(scope, {
            actor,
            action: 'contact.opt_out',
            subjectId: contactId,
            details: { suppressed },
          })
          await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId, id: contactId })
        }
        return { suppressed }
      })
    },

    async listSuppressions(workspaceId: WorkspaceId, query: SuppressionQuery) {
      const after = decodeCursor(query.cursor, ['instant', 'text'])
      const filter = { patterns: toPatterns(query.search), reason: query.reason ?? null }
      return core.inWorkspace(workspaceId, async (scope) => {
        const rows = await listSuppressions(scope, filter, after, query.limit + 1)
        const total = await countSuppressions(scope, filter)
        return { ...toPage(rows, query.limit, (row) => [row.createdAtText, row.id]), total }
      })
    },

    /** @throws AppError `invalid_phone`; `already_exists` when the number is suppressed already. */
    async addSuppression(
      workspaceId: WorkspaceId,
      actor: Actor,
      suppression: { phone: string; note: string },
    ) {
      return core.inWorkspace(workspaceId, async (scope) => {
        const { e164 } = requirePhone(await getPhoneRules(scope), suppression.phone)
        const row = await insertSuppression(scope, {
          id: core.newId('sup'),
          value: e164,
          reason: 'manual',
          note: suppression.note,
          createdBy: actor.id,
          at: core.now(),
        })
        if (row === null) throw new AppError('already_exists')
        await core.audit(scope, { actor, action: 'suppression.add', subjectId: row.id })
        await publishSuppression(core, scope, row.contactId)
        return row
      })
    },

    /**
     * Allows an address again. It grants no consent: who had withdrawn stays withdrawn.
     * @throws AppError `not_found`.
     */
    async removeSuppression(workspaceId: WorkspaceId, actor: Actor, id: SuppressionId, reason: string) {
      await core.inWorkspace(workspaceId, async (scope) => {
        const removed = await removeSuppression(scope, id)
        if (removed === null) throw new AppError('not_found')
        const details = { reason, was: removed.reason, kind: removed.kind }
        await core.audit(scope, { actor, action: 'suppression.remove', subjectId: id, details })
        await publishSuppression(core, scope, null)
      })
    },
  }
}

async function publishSuppression(
  core: Core,
  scope: Parameters<Parameters<Core['inWorkspace']>[1]>[0],
  contactId: string | null,
): Promise<void> {
  const { workspaceId } = scope
  await core.bus.publishIn(scope, {
    kind: 'contacts.changed',
    workspaceId,
    ...(contactId === null ? {} : { id: contactId }),
  })
}

/** `0812 815` looks for `+62812815…` and for `0812815` anywhere; other text as it stands. */
function toPatterns(search: string | undefined): string[] {
  if (!search) return []
  const text = search.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')
  const digits = /^[\d\s().+-]+$/.test(search) ? search.replace(/\D/g, '') : ''
  if (digits === '') return [`%${text}%`]
  return [...new Set([digits, digits.replace(/^0+/, '')])].filter(Boolean).map((part) => `%${part}%`)
}
