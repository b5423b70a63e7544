import type { WorkspaceScope } from '@siar/database'
import type { ContactId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { decodeCursor, encodeCursor } from '../../list-cursor.ts'
import type { Phone } from '../addresses/index.ts'
import { getPhoneRules, requirePhone } from '../addresses/index.ts'
import type { ConsentLedger } from '../consent/index.ts'
import { prepareCounting, refuseSlow } from '../segments/index.ts'
import type { ContactInput } from './contact-input.ts'
import { toContactValues } from './contact-input.ts'
import type { ContactFilterInput } from './contact-filter.ts'
import { toFilter } from './contact-filter.ts'
import { areGroupsKnown, setLists, setTags } from './contact-groups.repo.ts'
import { countSearched, createContactCounter, isSearch } from './contact-counter.ts'
import type { ContactCount, ContactCounter } from './contact-counter.ts'
import type { ContactFilter, ContactPage, ContactSort } from './contact-search.repo.ts'
import { searchContactIds, searchContactPage } from './contact-search.repo.ts'
import type { ContactRow } from './contacts.repo.ts'
import {
  findContact,
  insertContact,
  isUniqueViolation,
  loadContacts,
  removeContact,
  retryable,
  setPhone,
  updateContact,
} from './contacts.repo.ts'
import { listCustomFieldRules } from './custom-fields.service.ts'
import { survivorOf } from './merge/merge.repo.ts'

export type ContactService = ReturnType<typeof createContactService>

export interface ContactQuery extends ContactFilterInput {
  readonly sort: ContactSort
  readonly cursor?: string | undefined
  readonly limit: number
}

const segmentStatementMs = 10_000

/** The address book of a workspace. Contacts of another workspace do not exist for it. */
export function createContactService(core: Core, { ledger }: { ledger: ConsentLedger }) {
  const counter = createContactCounter(core)
  const publish = (scope: WorkspaceScope, id?: string) =>
    core.bus.publishIn(scope, {
      kind: 'contacts.changed',
      workspaceId: scope.workspaceId,
      ...(id === undefined ? {} : { id }),
    })
  const givePhone = (scope: WorkspaceScope, id: ContactId, phone: Phone) =>
    setPhone(scope, id, {
      id: core.newId('adr'),
      value: phone.e164,
      country: phone.country,
      isLandline: phone.kind === 'landline',
      at: core.now(),
    })
  const setGroups = async (scope: WorkspaceScope, id: ContactId, input: ContactInput) => {
    if (!(await areGroupsKnown(scope, input.tagIds ?? [], input.listIds ?? [])))
      throw new AppError('not_found')
    if (input.tagIds) await setTags(scope, id, input.tagIds)
    if (input.listIds) await setLists(scope, id, input.listIds)
  }
  return {
    /**
     * A page of contacts. `total` is exact unless there are very many: then `totalIsExact` is false and it is a lower bound, or
     * it is up to half a minute old.
     *
     * @throws AppError `segment_too_slow` when the rule of a segment takes longer than ten seconds.
     */
    async list(workspaceId: WorkspaceId, query: ContactQuery) {
      const after = decodeCursor(query.cursor, [query.sort === 'name' ? 'text' : 'instant', 'text'])
      const list = async (scope: WorkspaceScope) => {
        if (query.segmentId !== undefined) await prepareCounting(scope, segmentStatementMs)
        const filter = await toFilter(scope, query, core.now())
        const { sort, limit } = query
        const { ids, count } = await findPage(scope, counter, filter, { sort, after, limit: limit + 1 })
        const rows = await loadContacts(scope, ids.slice(0, limit))
        const last = rows.at(-1)
        const nextCursor = ids.length > limit && last ? encodeCursor(keysOf(last, sort)) : null
        return { rows, nextCursor, ...(await count()) }
      }
      return refuseSlow(() => core.inWorkspace(workspaceId, list))
    },

    /** An id that was merged into another answers that one. @throws AppError `not_found`. */
    get: (workspaceId: WorkspaceId, id: ContactId) =>
      core.inWorkspace(workspaceId, async (scope) => getContact(scope, await survivorOf(scope, id))),

    /**
     * Adds a contact. With a wording its consent is recorded as this member's attestation.
     *
     * @throws AppError `invalid_phone`, `already_exists` when the number belongs to a contact, `not_found` for unknown tags and
     *         lists, `validation_failed`.
     */
    async create(
      workspaceId: WorkspaceId,
      actor: Actor,
      input: ContactInput & { phone: string; consentWording?: string | undefined },
    ): Promise<ContactRow> {
      const id = core.newId('con')
      const made = core.inWorkspace(workspaceId, async (scope) => {
        const phone = requirePhone(await getPhoneRules(scope), input.phone)
        const values = toContactValues(input, await listCustomFieldRules(scope))
        const source = actor.kind === 'api_key' ? 'api' : 'manual'
        await insertContact(scope, { id, source, phone: phone.e164, at: core.now() }, values)
        await givePhone(scope, id, phone)
        await setGroups(scope, id, input)
        if (input.consentWording) {
          await ledger.append(scope, {
            contactId: id,
            state: 'granted',
            source: actor.kind === 'api_key' ? 'api' : 'attestation',
            wording: input.consentWording,
            evidence: {},
            actor,
          })
        }
        await core.audit(scope, { actor, action: 'contact.create', subjectId: id })
        await publish(scope, id)
        return getContact(scope, id)
      })
      return made.catch(refuseTakenNumber)
    },

    /** Changes what is given. @throws AppError `not_found` and what `create` throws. */
    async update(
      workspaceId: WorkspaceId,
      actor: Actor,
      id: ContactId,
      input: ContactInput & { phone?: string | undefined },
    ): Promise<ContactRow> {
      const change = async (scope: WorkspaceScope) => {
        const current = await getContact(scope, id)
        const values = toContactValues(input, await listCustomFieldRules(scope), current)
        await updateContact(scope, id, values, core.now())
        if (input.phone !== undefined) {
          await givePhone(scope, id, requirePhone(await getPhoneRules(scope), input.phone))
        }
        await setGroups(scope, id, input)
        const fields = Object.keys(input).filter((key) => input[key as keyof typeof input] !== undefined)
        await core.audit(scope, { actor, action: 'contact.update', subjectId: id, details: { fields } })
        await publish(scope, id)
        return getContact(scope, id)
      }
      const changed = retryable(() => core.inWorkspace(workspaceId, change))
      return changed.catch(refuseTakenNumber)
    },

    /** Deletes a contact; its suppressions and its ledger stay. @throws AppError `not_found`. */
    remove: (workspaceId: WorkspaceId, actor: Actor, id: ContactId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        if (!(await removeContact(scope, id))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'contact.remove', subjectId: id })
        await publish(scope, id)
      }),
  }
}

/** Ids of a page. What a search finds is counted along with it, anything else when it is asked for. */
async function findPage(
  scope: WorkspaceScope,
  counter: ContactCounter,
  filter: ContactFilter,
  page: ContactPage,
): Promise<{ ids: readonly string[]; count: () => Promise<ContactCount> }> {
  if (!isSearch(filter) || filter.segment !== null)
    return { ids: await searchContactIds(scope, filter, page), count: () => counter.count(scope, filter) }
  const { ids, found } = await searchContactPage(scope, filter, page)
  return { ids, count: async () => countSearched(found) }
}

async function getContact(scope: WorkspaceScope, id: ContactId): Promise<ContactRow> {
  const row = await findContact(scope, id)
  if (row === null) throw new AppError('not_found')
  return row
}

const keysOf = (row: ContactRow, sort: ContactSort) =>
  sort === 'name' ? [row.fullName, row.id] : [row.createdAtText, row.id]

function refuseTakenNumber(error: unknown): never {
  if (!isUniqueViolation(error, 'addresses_workspace_value_uq')) throw error
  throw new AppError('already_exists', { reason: 'phone' }, { cause: error })
}
