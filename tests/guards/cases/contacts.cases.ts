import type {
  consentProofOperations,
  contactExportOperations,
  contactViewOperations,
  contactMergeOperations,
  contactOperations,
  personDataOperations,
} from '@siar/contract'
import type { Call, CasesOf } from './case.ts'
import { foreign, own, silent } from './case.ts'

const contact: Call = async ({ newContact }) => ({ params: { contactId: await newContact() } })
const startedCampaign: Call = async ({ newRunningCampaign }) => ({
  params: { campaignId: await newRunningCampaign() },
})
const list: Call = async ({ newList }) => ({ params: { listId: await newList() } })

export const contactCases: CasesOf<typeof contactOperations> = {
  'contacts.list': own(),
  'contacts.create': own(({ name, phone }) => ({ body: { phone: phone(), fullName: name('person') } })),
  'contacts.get': foreign(contact),
  'contacts.update': foreign(async (place) => ({
    ...(await contact(place)),
    body: { fullName: place.name('changed') },
  })),
  'contacts.remove': foreign(contact),
  'contacts.bulkUpdate': foreign(async ({ newContact, newTag }) => ({
    body: {
      selection: { contactIds: [await newContact()] },
      change: { addTagIds: [await newTag()], active: false },
    },
  })),
  'contacts.bulkRemove': {
    kind: 'own',
    shows: false,
    refused: true,
    call: async ({ newContact }) => ({
      body: { selection: { contactIds: [await newContact()] }, confirmCount: 1 },
    }),
  },
  'contacts.timeline': foreign(contact),
  'consents.list': foreign(contact),
  'consents.record': foreign(async (place) => ({
    ...(await contact(place)),
    body: { state: 'granted', wording: 'on the phone' },
  })),
  'contacts.optOut': foreign(async (place) => ({ ...(await contact(place)), body: { note: 'asked us' } })),
  'tags.list': own(),
  'tags.create': own(({ name }) => ({ body: { name: name('tag') } })),
  'tags.remove': foreign(async ({ newTag }) => ({ params: { tagId: await newTag() } })),
  'lists.list': own(),
  'lists.create': own(({ name }) => ({ body: { name: name('list') } })),
  'lists.update': foreign(async (place) => ({
    ...(await list(place)),
    body: { name: place.name('list') },
  })),
  'lists.remove': foreign(list),
  'customFields.list': own(),
  'customFields.create': own(({ name }) => ({ body: { label: name('field') } })),
  'customFields.remove': foreign(async ({ newField }) => ({ params: { customFieldId: await newField() } })),
  'suppressions.list': own(),
  'suppressions.create': own(({ phone }) => ({ body: { phone: phone() } })),
  'suppressions.import': silent(({ phone }) => ({ body: { text: phone() } })),
  'suppressions.export': own(async ({ newSuppression }) => {
    await newSuppression()
    return {}
  }),
  'suppressions.remove': foreign(async ({ newSuppression }) => ({
    params: { suppressionId: await newSuppression() },
    query: { reason: 'asked us to' },
  })),
}

const merged: Call = async ({ newContact, newMerge }) => {
  const contactId = await newContact()
  return { params: { contactId, mergeId: await newMerge(contactId) } }
}

export const contactMergeCases: CasesOf<typeof contactMergeOperations> = {
  'contacts.merge': foreign(async ({ newContact }) => ({
    params: { contactId: await newContact() },
    body: { otherId: await newContact(), take: ['email'] },
  })),
  'contacts.listMerges': foreign(async (place) => {
    const { params } = await merged(place)
    return { params: { contactId: String(params?.contactId) } }
  }),
  'contacts.undoMerge': foreign(merged),
}

export const contactExportCases: CasesOf<typeof contactExportOperations> = {
  'contacts.exportFile': own(async ({ newContact }) => {
    await newContact()
    return { body: { selection: { filter: {} }, columns: ['fullName', 'phone'] } }
  }),
}

export const contactViewCases: CasesOf<typeof contactViewOperations> = {
  'contactViews.list': own(async ({ newView }) => {
    await newView()
    return {}
  }),
  'contactViews.create': own(({ name }) => ({
    body: { name: name('view'), filter: {}, columns: ['phone'] },
  })),
  'contactViews.remove': foreign(async ({ newView }) => ({ params: { viewId: await newView() } })),
}

export const personDataCases: CasesOf<typeof personDataOperations> = {
  'contacts.export': foreign(contact),
}

export const consentProofCases: CasesOf<typeof consentProofOperations> = {
  'consents.verify': silent(),
  'consents.proof': foreign(contact),
  'consents.proofPdf': foreign(contact),
  'campaigns.consentProof': foreign(startedCampaign),
  'campaigns.consentProofPdf': foreign(startedCampaign),
}
