import { CampaignFields } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { SenderId, UserId, WorkspaceId } from '@siar/domain'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Actor, Core } from '../../../core.ts'
import { systemActor } from '../../../core.ts'
import type { CampaignsService, CampaignStartService } from '../../campaigns/index.ts'
import type { MediaService } from '../../media/index.ts'
import type { TemplateService } from '../../templates/index.ts'
import { insertCityField, insertList, insertPeople, insertTag } from './demo-contacts.repo.ts'
import { insertConversations, insertPastCampaign } from './demo-history.repo.ts'
import { DEMO_ANSWERS, DEMO_FOOTER, DEMO_HISTORY, DEMO_TEMPLATES } from './demo-library.ts'
import { makePeople } from './demo-people.ts'
import type { DemoPerson } from './demo-people.ts'
import { insertDemoSender } from './demo-senders.repo.ts'
import { insertDemoWorkspace } from './demo-workspace.repo.ts'

export interface DemoServices {
  readonly media: MediaService
  readonly templates: TemplateService
  readonly campaigns: CampaignsService
  readonly start: CampaignStartService
  /** A picture for the first template. */
  readonly imagePath: URL
}

const PEOPLE = 2000
const actor: Actor = systemActor('demo')

/**
 * Makes a demo workspace: an Indonesian coffee shop with 2,000 contacts, consent history, templates, finished campaigns,
 * one that runs, and conversations, all on the simulator. Nothing in it can reach a real person.
 *
 * @param userId Its owner; null leaves it to the first admin.
 */
export async function seedDemo(
  core: Core,
  services: DemoServices,
  userId: UserId | null,
): Promise<WorkspaceId> {
  const workspaceId = await core.inSystem((scope) => insertDemoWorkspace(core, scope, userId))
  const lists = await core.inWorkspace(workspaceId, (scope) => seedPeople(core, scope))
  const templateIds = await seedTemplates(services, workspaceId)
  const senderIds = await core.inWorkspace(workspaceId, async (scope) => [
    await insertDemoSender(core, scope, { name: 'Kedai Dago', paced: true, daysInUse: 400 }),
    await insertDemoSender(core, scope, { name: 'Kedai Riau', paced: false, daysInUse: 12 }),
  ])
  await core.inWorkspace(workspaceId, (scope) => seedHistory(core, scope, lists, templateIds, senderIds))
  await seedRunning(services, workspaceId, lists.regulars, templateIds, senderIds)
  return workspaceId
}

interface DemoLists {
  readonly regulars: string
  readonly workshop: string
  readonly resellers: string
}

async function seedPeople(core: Core, scope: WorkspaceScope): Promise<DemoLists> {
  await insertCityField(core, scope)
  const people = makePeople(PEOPLE, 'kopi melati')
  const ids = await insertPeople(core, scope, people)
  const pick = (wanted: (person: DemoPerson) => boolean): string[] =>
    ids.filter((_, index) => wanted(people[index] as DemoPerson))
  await insertTag(
    core,
    scope,
    'baru',
    'sky',
    pick((person) => person.joinedDaysAgo < 30),
  )
  await insertTag(
    core,
    scope,
    'grosir',
    'amber',
    pick((person) => person.isReseller),
  )
  return {
    regulars: await insertList(core, scope, {
      name: 'Pelanggan setia',
      about: 'Belanja lebih dari tiga kali tahun ini',
      contactIds: pick((person) => person.isRegular),
    }),
    workshop: await insertList(core, scope, {
      name: 'Peserta kelas seduh',
      about: 'Pernah ikut kelas seduh manual',
      contactIds: pick((person) => person.joinedWorkshop),
    }),
    resellers: await insertList(core, scope, {
      name: 'Reseller',
      about: 'Kedai yang membeli biji kopi kiloan',
      contactIds: pick((person) => person.isReseller),
    }),
  }
}

async function seedTemplates(services: DemoServices, workspaceId: WorkspaceId): Promise<string[]> {
  const image = await services.media.upload(workspaceId, actor, {
    fileName: 'promo-akhir-pekan.jpg',
    mimeType: 'image/jpeg',
    content: Readable.from([await readFile(services.imagePath)]),
  })
  const ids: string[] = []
  for (const { withImage, campaignVariables, ...template } of DEMO_TEMPLATES) {
    const saved = await services.templates.create(workspaceId, actor, 'id', {
      ...template,
      footer: DEMO_FOOTER,
      mediaId: withImage ? image.id : null,
      campaignVariables: [...campaignVariables],
    })
    ids.push(saved.id)
  }
  return ids
}

async function seedHistory(
  core: Core,
  scope: WorkspaceScope,
  lists: DemoLists,
  templateIds: readonly string[],
  senderIds: readonly SenderId[],
): Promise<void> {
  for (const past of DEMO_HISTORY) {
    const template = DEMO_TEMPLATES[past.template]
    await insertPastCampaign(core, scope, {
      name: past.name,
      daysAgo: past.daysAgo,
      templateId: templateIds[past.template] ?? '',
      listId: lists[past.list],
      senderId: senderIds[past.sender] ?? '',
      ratePerMinute: 13,
      content: {
        templateId: templateIds[past.template],
        templateName: template.name,
        texts: template.texts,
        footer: DEMO_FOOTER,
        media: null,
        variables: { produk: 'Gayo Wine' },
        customKeys: ['kota'],
        language: 'id',
      },
    })
  }
  await insertConversations(scope, DEMO_ANSWERS)
}

/** A campaign that runs for a while at the pace of a real number. */
async function seedRunning(
  services: DemoServices,
  workspaceId: WorkspaceId,
  listId: string,
  templateIds: readonly string[],
  senderIds: readonly SenderId[],
): Promise<void> {
  const campaign = await services.campaigns.create(
    workspaceId,
    actor,
    CampaignFields.parse({
      name: 'Promo akhir pekan',
      purpose: 'marketing',
      templateId: templateIds[0] ?? null,
      audience: { include: [{ kind: 'list', id: listId }] },
      pacing: { delayMsMin: 3000, delayMsMax: 6000 },
      senderIds: senderIds.slice(0, 1),
    }),
  )
  await services.start.start(workspaceId, actor, campaign.id)
}
