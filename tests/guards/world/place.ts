import type { Operation } from '@siar/contract'
import {
  campaignOperations,
  contactMergeOperations,
  contactOperations,
  contactViewOperations,
  egressOperations,
  importOperations,
  segmentOperations,
  senderOperations,
  templateApprovalOperations,
  templateOperations,
  workspaceOperations,
} from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import type { CallInput } from '../../../apps/server/src/testing/caller.ts'
import type { Person, TestApp } from '../../../apps/server/src/testing/test-app.ts'

export interface PlaceFacts {
  /** A word that stands in every name made here and nowhere else. */
  readonly marker: string
  /** Begins every phone number made here: `62855` and two more digits. */
  readonly phonePrefix: string
  readonly workspaceId: WorkspaceId
  readonly owner: Person
}

/** A workspace seen by its owner; `new…` makes a row of a kind through the API and answers its id. */
export type Place = ReturnType<typeof createPlace>

export function createPlace(world: TestApp, facts: PlaceFacts) {
  const { marker, phonePrefix, workspaceId } = facts
  const owner = facts.owner.browser.with({ 'x-siar-workspace': workspaceId })
  let made = 0
  const next = () => (made += 1)
  const name = (kind: string) => `${marker} ${kind} ${next()}`
  const phone = () => `+${phonePrefix}${String(next()).padStart(5, '0')}`
  const run = async (operation: Operation, input: CallInput) => {
    const answer = await owner.call(operation, input)
    if (answer.status < 300) return answer.text === '' ? {} : answer.json()
    throw new Error(`${operation.id} of ${marker} answered ${answer.status} ${answer.text}`)
  }
  const make = async (operation: Operation, input: CallInput): Promise<string> =>
    String((await run(operation, input)).id)
  const set = (statement: string, values: readonly unknown[]) =>
    world.core.inWorkspace(workspaceId, (scope) => scope.execute(statement, [...values]))

  const newContact = (fields: object = {}) =>
    make(contactOperations.create, {
      body: { phone: phone(), fullName: name('person'), consentWording: 'at the counter', ...fields },
    })
  const newMerge = async (contactId: string) => {
    const body = { otherId: await newContact() }
    const answer = await run(contactMergeOperations.merge, { params: { contactId }, body })
    return String((answer as { merge: { id: string } }).merge.id)
  }
  const newTag = () => make(contactOperations.createTag, { body: { name: name('tag') } })
  const newList = () => make(contactOperations.createList, { body: { name: name('list') } })
  const newSegment = (fields: object = {}) =>
    make(segmentOperations.create, {
      body: { name: name('segment'), rule: { kind: 'suppressed', value: false }, ...fields },
    })
  const newView = () =>
    make(contactViewOperations.create, {
      body: { name: name('view'), shared: true, filter: { search: marker }, columns: ['phone'] },
    })
  const newImport = () =>
    make(importOperations.paste, { body: { text: `name,phone\n${name('row')},${phone()}\nnobody,12\n` } })
  const newTemplate = (fields: object = {}) =>
    make(templateOperations.create, {
      body: {
        name: name('template'),
        category: 'promotion',
        texts: { en: `${marker} {name} hello` },
        ...fields,
      },
    })
  const newMedia = () => make(templateOperations.uploadMedia, { file: textFile(name('file')) })
  const newSender = async (status = 'online') => {
    const id = await make(senderOperations.create, { body: { name: name('sender'), channel: 'simulator' } })
    await set('update senders set status = $2, paired_at = now() where id = $1', [id, status])
    return id
  }
  /** A number on Cloud API, for which the guards' own answers stand in. @returns its business account. */
  const newAccount = async (wabaId = `${phonePrefix}${String(next()).padStart(9, '0')}`) => {
    const senderId = await newSender()
    await set(
      `update senders set channel = 'cloud_api', settings = settings || jsonb_build_object('cloud_api',
         jsonb_build_object('wabaId', $2::text, 'phoneNumberId', $2::text, 'appId', '700001')) where id = $1`,
      [senderId, wabaId],
    )
    return wabaId
  }
  const newApproval = async (templateId: string) =>
    make(templateApprovalOperations.submit, {
      params: { templateId },
      body: { language: 'en', wabaId: await newAccount(), category: 'MARKETING' },
    })
  const newProxy = () =>
    make(egressOperations.createProxy, {
      body: {
        name: name('proxy'),
        scheme: 'http',
        host: 'proxy.example',
        port: 8080,
        username: name('user'),
      },
    })
  const newCampaign = async (fields: object = {}) =>
    make(campaignOperations.create, {
      body: {
        name: name('campaign'),
        purpose: 'marketing',
        templateId: await newTemplate(),
        audience: { include: [{ kind: 'contact', id: await newContact() }] },
        senderIds: [await newSender()],
        ...fields,
      },
    })
  const newRunningCampaign = async () => {
    const campaignId = await newCampaign()
    await run(campaignOperations.start, { params: { campaignId } })
    return campaignId
  }
  const newMember = async () =>
    world.addMember(workspaceId, await world.addPerson({ name: marker }), 'operator')
  const newInvitation = (email = `${marker.toLowerCase()}.${next()}@example.org`) =>
    make(workspaceOperations.invite, { body: { email, role: 'viewer' } })
  const newApiKey = () =>
    make(workspaceOperations.createApiKey, { body: { name: name('key'), scopes: ['workspace.read'] } })

  return {
    facts,
    workspaceId,
    world,
    /** Acts in this workspace. */
    owner,
    run,
    make,
    set,
    name,
    phone,
    newContact,
    newMerge,
    newTag,
    newList,
    newSegment,
    newView,
    newField: () => make(contactOperations.createCustomField, { body: { label: name('field') } }),
    newSuppression: () =>
      make(contactOperations.addSuppression, { body: { phone: phone(), note: name('note') } }),
    newImport,
    newRunningImport: async () => {
      const importId = await newImport()
      await run(importOperations.start, { params: { importId }, body: importOptions })
      return importId
    },
    newTemplate,
    newMedia,
    newAccount,
    newApproval,
    newSender,
    newProxy,
    newCampaign,
    newRunningCampaign,
    newMember,
    newInvitation,
    newApiKey,
  }
}

/** How the pasted rows of `newImport` are read. */
export const importOptions = { mapping: ['full_name', 'phone'], hasHeader: true }

export function textFile(content: string) {
  return { name: `${content}.txt`, type: 'text/plain', content }
}
