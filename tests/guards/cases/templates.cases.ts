import type { templateApprovalOperations, templateOperations } from '@siar/contract'
import { textFile } from '../world/place.ts'
import type { Call, CasesOf } from './case.ts'
import { foreign, own } from './case.ts'

const template: Call = async ({ newTemplate }) => ({ params: { templateId: await newTemplate() } })
const media: Call = async ({ newMedia }) => ({ params: { mediaId: await newMedia() } })

export const templateCases: CasesOf<typeof templateOperations> = {
  'templates.list': own(),
  'templates.create': own(({ name }) => ({
    body: { name: name('template'), category: 'service', texts: { id: 'Halo {name}' } },
  })),
  'templates.get': foreign(template),
  'templates.update': foreign(async (place) => ({
    ...(await template(place)),
    body: { name: place.name('template') },
  })),
  'templates.remove': foreign(template),
  'templates.preview': foreign(async ({ newContact }) => ({
    body: { text: 'Hello {name}', contactId: await newContact() },
  })),
  'media.upload': own(({ name }) => ({ file: textFile(name('file')) })),
  'media.list': own(),
  'media.get': foreign(media),
  'media.content': foreign(media),
  'media.remove': foreign(media),
}

export const templateApprovalCases: CasesOf<typeof templateApprovalOperations> = {
  'templates.listApprovals': foreign(template),
  'templates.submitApproval': foreign(async ({ newTemplate, newAccount }) => ({
    params: { templateId: await newTemplate() },
    body: { language: 'en', wabaId: await newAccount(), category: 'MARKETING' },
  })),
  'templates.refreshApprovals': foreign(template),
  'templates.withdrawApproval': foreign(async ({ newTemplate, newApproval }) => {
    const templateId = await newTemplate()
    return { params: { templateId, approvalId: await newApproval(templateId) } }
  }),
}
