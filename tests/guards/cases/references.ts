import type { Operation } from '@siar/contract'
import {
  campaignOperations,
  campaignRunOperations,
  contactMergeOperations,
  contactOperations,
  egressOperations,
  importOperations,
  templateApprovalOperations,
  templateOperations,
} from '@siar/contract'
import type { CallInput } from '../../../apps/server/src/testing/caller.ts'
import { importOptions } from '../world/place.ts'
import type { Place } from '../world/place.ts'

/**
 * A call in one's own workspace that names rows of another one. It is not found, unless `answer` says that it finds nobody:
 * selections and filters are answered as if those rows did not exist.
 */
export interface Reference {
  readonly name: string
  readonly operation: Operation
  readonly call: (ours: Place, theirs: Place) => Promise<CallInput>
  readonly answer?: object
}

const rules = {
  lists: async (place: Place) => ({ kind: 'list', id: await place.newList() }),
  tags: async (place: Place) => ({ kind: 'tag', id: await place.newTag() }),
  contacts: async (place: Place) => ({ kind: 'contact', id: await place.newContact() }),
  segments: async (place: Place) => ({ kind: 'segment', id: await place.newSegment() }),
}

const inAudience = Object.entries(rules).flatMap(([kind, rule]) =>
  (['include', 'exclude'] as const).map((side): Reference => ({
    name: `${kind} a campaign ${side}s`,
    operation: campaignOperations.create,
    call: async (ours, theirs) => ({
      body: {
        name: ours.name('campaign'),
        purpose: 'marketing',
        audience: { include: [], [side]: [await rule(theirs)] },
      },
    }),
  })),
)

const ofContacts: readonly Reference[] = [
  {
    name: 'tags of a new contact',
    operation: contactOperations.create,
    call: async (ours, theirs) => ({ body: { phone: ours.phone(), tagIds: [await theirs.newTag()] } }),
  },
  {
    name: 'lists of a new contact',
    operation: contactOperations.create,
    call: async (ours, theirs) => ({ body: { phone: ours.phone(), listIds: [await theirs.newList()] } }),
  },
  {
    name: 'tags of a changed contact',
    operation: contactOperations.update,
    call: async (ours, theirs) => ({
      params: { contactId: await ours.newContact() },
      body: { tagIds: [await theirs.newTag()] },
    }),
  },
  {
    name: 'lists of a changed contact',
    operation: contactOperations.update,
    call: async (ours, theirs) => ({
      params: { contactId: await ours.newContact() },
      body: { listIds: [await theirs.newList()] },
    }),
  },
  ...(['addTagIds', 'removeTagIds'] as const).map((field) => ({
    name: `tags of a bulk change (${field})`,
    operation: contactOperations.bulkUpdate,
    call: async (ours: Place, theirs: Place) => ({
      body: {
        selection: { contactIds: [await ours.newContact()] },
        change: { [field]: [await theirs.newTag()] },
      },
    }),
  })),
  ...(['addListIds', 'removeListIds'] as const).map((field) => ({
    name: `lists of a bulk change (${field})`,
    operation: contactOperations.bulkUpdate,
    call: async (ours: Place, theirs: Place) => ({
      body: {
        selection: { contactIds: [await ours.newContact()] },
        change: { [field]: [await theirs.newList()] },
      },
    }),
  })),
  {
    name: 'the other contact of a merge',
    operation: contactMergeOperations.merge,
    call: async (ours, theirs) => ({
      params: { contactId: await ours.newContact() },
      body: { otherId: await theirs.newContact() },
    }),
  },
  {
    name: 'contacts of a bulk change',
    operation: contactOperations.bulkUpdate,
    call: async (_ours, theirs) => ({
      body: { selection: { contactIds: [await theirs.newContact()] }, change: { active: false } },
    }),
    answer: { contacts: 0 },
  },
  {
    name: 'contacts of a list that filters a bulk change',
    operation: contactOperations.bulkUpdate,
    call: async (_ours, theirs) => ({
      body: { selection: { filter: { listId: await theirs.newList() } }, change: { active: false } },
    }),
    answer: { contacts: 0 },
  },
  {
    name: 'contacts of a segment that filters the list',
    operation: contactOperations.list,
    call: async (_ours, theirs) => ({ query: { segmentId: await theirs.newSegment() } }),
    answer: { data: [], total: 0 },
  },
  {
    name: 'contacts of a tag that filters the list',
    operation: contactOperations.list,
    call: async (_ours, theirs) => ({ query: { tagId: await theirs.newTag() } }),
    answer: { data: [], total: 0 },
  },
]

export const references: readonly Reference[] = [
  ...ofContacts,
  ...inAudience,
  {
    name: 'lists of an import',
    operation: importOperations.start,
    call: async (ours, theirs) => ({
      params: { importId: await ours.newImport() },
      body: { ...importOptions, listIds: [await theirs.newList()] },
    }),
  },
  {
    name: 'tags of an import',
    operation: importOperations.start,
    call: async (ours, theirs) => ({
      params: { importId: await ours.newImport() },
      body: { ...importOptions, tagIds: [await theirs.newTag()] },
    }),
  },
  {
    name: 'media of a new template',
    operation: templateOperations.create,
    call: async (ours, theirs) => ({
      body: {
        name: ours.name('template'),
        category: 'service',
        texts: { en: 'Hello' },
        mediaId: await theirs.newMedia(),
      },
    }),
  },
  {
    name: 'media of a changed template',
    operation: templateOperations.update,
    call: async (ours, theirs) => ({
      params: { templateId: await ours.newTemplate() },
      body: { mediaId: await theirs.newMedia() },
    }),
  },
  {
    name: 'contacts of a preview',
    operation: templateOperations.preview,
    call: async (_ours, theirs) => ({
      body: { text: 'Hello {name}', contactId: await theirs.newContact() },
    }),
  },
  {
    name: 'business accounts of a template',
    operation: templateApprovalOperations.submit,
    call: async (ours, theirs) => ({
      params: { templateId: await ours.newTemplate() },
      body: { language: 'en', wabaId: await theirs.newAccount(), category: 'MARKETING' },
    }),
  },
  {
    name: 'templates of a campaign',
    operation: campaignOperations.create,
    call: async (ours, theirs) => ({
      body: { name: ours.name('campaign'), purpose: 'marketing', templateId: await theirs.newTemplate() },
    }),
  },
  {
    name: 'templates of the variants of a campaign',
    operation: campaignOperations.create,
    call: async (ours, theirs) => {
      const variants = [{ key: 'A' }, { key: 'B', templateId: await theirs.newTemplate() }]
      return { body: { name: ours.name('campaign'), purpose: 'marketing', experiment: { variants } } }
    },
  },
  {
    name: 'the proxy of a sender',
    operation: egressOperations.setSenderEgress,
    call: async (ours, theirs) => ({
      params: { senderId: await ours.newSender() },
      body: { kind: 'proxy', proxyId: await theirs.newProxy() },
    }),
  },
  {
    name: 'senders of a campaign',
    operation: campaignOperations.create,
    call: async (ours, theirs) => ({
      body: { name: ours.name('campaign'), purpose: 'marketing', senderIds: [await theirs.newSender()] },
    }),
  },
  ...(['report', 'reportCsv', 'listRecipients'] as const).map((name) => ({
    name: `runs of ${name}`,
    operation: campaignOperations[name],
    call: async (ours: Place, theirs: Place) => {
      const campaignId = await theirs.newRunningCampaign()
      const query = { run: await newestRun(theirs, campaignId) }
      return { params: { campaignId: ours === theirs ? campaignId : await ours.newRunningCampaign() }, query }
    },
  })),
  ...(['templateId', 'senderIds', 'audience'] as const).map((field) => ({
    name: `the ${field} of a changed campaign`,
    operation: campaignOperations.update,
    call: async (ours: Place, theirs: Place) => ({
      params: { campaignId: await ours.newCampaign() },
      body: { [field]: await valueOf(field, theirs) },
    }),
  })),
]

async function newestRun(place: Place, campaignId: string): Promise<string> {
  const { data } = await place.run(campaignRunOperations.listRuns, { params: { campaignId } })
  return (data as { id: string }[])[0]?.id ?? ''
}

async function valueOf(field: 'templateId' | 'senderIds' | 'audience', place: Place): Promise<unknown> {
  if (field === 'templateId') return place.newTemplate()
  if (field === 'senderIds') return [await place.newSender()]
  return { include: [await rules.contacts(place)] }
}
