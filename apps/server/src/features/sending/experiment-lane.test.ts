import { createBus } from '@siar/database'
import { experimentGroups, groupOf } from '@siar/domain'
import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { SiarEvent } from '../../core.ts'
import { createMailer } from '../../mail/mailer.ts'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { experimentOf } from '../campaigns/experiment.fixtures.ts'
import { createCampaignControlService, createExperimentService } from '../campaigns/index.ts'
import { createConsentService } from '../consent/index.ts'
import { createSending } from './index.ts'
import { createFakeOwned } from './sending.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
const bus = await createBus<SiarEvent>(database)
const core = createTestCore(database, { edges: { bus } })
const experiments = createExperimentService(core)
const calm = { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 0, readsLate: 0 }
let shop: ShopFixture
let stop: () => Promise<void>
/** The waits of the lane, in milliseconds: one for each time it found nothing to do. */
let waits: number[] = []

beforeEach(async () => {
  shop = await buildShop(core)
  const senderId = await shop.addSender()
  const record = createMemoryRecord()
  const now = (): Date => new Date()
  const network = { seed: 'test', now, schedule: realSchedule, record, instant: true, shares: calm }
  const simulator = createSimulator(createSimulatedNetwork(network))
  const { ledger } = createConsentService(core)
  const control = createCampaignControlService(core)
  const mailer = createMailer(core)
  waits = []
  const schedule: typeof core.clock.schedule = (run, delayMs) => {
    waits.push(delayMs)
    return core.clock.schedule(run, delayMs)
  }
  const sending = createSending(
    core,
    { control, ledger, mailer },
    { batchSize: 20, sendTimeoutMs: 3_000, schedule, gatherMs: 0 },
  )
  const owned = createFakeOwned(core, simulator.channel, sending.forwardEvents)
  sending.start(owned)
  await owned.open(senderId, shop.workspaceId)
  stop = async () => {
    owned.lose()
    await owned.close()
    void sending.stop()
  }
})

afterEach(() => stop())
afterAll(() => bus.close())

const untilFigures = (campaignId: string, figures: Record<string, number>) =>
  waitUntil(
    async () => {
      expect((await shop.get(campaignId)).figures).toMatchObject(figures)
      return true
    },
    { what: JSON.stringify(figures) },
  )

/** What everybody got, by contact: the texts and the media. */
const gotBy = async (): Promise<Map<string, { text: string; media_id: string | null }[]>> => {
  const rows = await shop.query<{ contact_id: string; text: string; media_id: string | null }>(
    `select contact_id, text, media_id from messages where workspace_id = $1 and direction = 'out' order by at`,
    [shop.workspaceId],
  )
  return Map.groupBy(rows, (row) => row.contact_id)
}

async function addTemplateWithImage(text: string): Promise<{ templateId: string; mediaId: string }> {
  const templateId = await shop.addTemplate(text)
  const mediaId = core.newId('med')
  const bytes = new Uint8Array([1, 2, 3])
  const key = `${shop.workspaceId}/${mediaId}`
  await core.files.write(key, bytes, 3)
  await shop.query(
    `insert into media (id, workspace_id, kind, file_name, mime_type, size_bytes, original_size_bytes, storage_key, sha256, created_by)
     values ($1, $2, 'image', 'a.jpg', 'image/jpeg', 3, 3, $3, $1, 'usr')`,
    [mediaId, shop.workspaceId, key],
  )
  await shop.query('update templates set media_id = $2 where id = $1', [templateId, mediaId])
  return { templateId, mediaId }
}

test('each person gets the message of their variant; who waits gets the winner once it is chosen, and nothing before', async () => {
  const people = await shop.addContacts(60)
  const { templateId, mediaId } = await addTemplateWithImage('Versi B untuk {name}')
  const experiment = experimentOf({ testSharePercent: 50, holdoutPercent: 10 })
  experiment.variants[1] = { key: 'B', templateId, weight: 1, delayMinutes: 0 }
  const { id } = await shop.draft({ experiment }, 'Versi A untuk {name}')
  const groups = experimentGroups(experiment)
  const groupOfPerson = (contactId: string): string | null => groupOf(groups, id, contactId)
  const size = (key: string | null) => people.filter((person) => groupOfPerson(person.id) === key).length
  const tested = size('A') + size('B')
  await shop.start(id)
  await untilFigures(id, { sent: tested, queued: size(null), skipped: size('holdout') })
  await waitUntil(() => waits.length > 0, { what: 'the lane sleeps' })
  const before = await gotBy()
  const expected = {
    A: { text: 'Versi A untuk Budi Santoso', media_id: null },
    B: { text: 'Versi B untuk Budi Santoso', media_id: mediaId },
  }
  for (const person of people) {
    const key = groupOfPerson(person.id)
    const got = before.get(person.id)?.map(({ text, media_id }) => ({ text, media_id })) ?? []
    expect(got).toEqual(key === 'A' || key === 'B' ? [expected[key]] : [])
  }
  expect((await shop.get(id)).status).toBe('running')

  waits = []
  for (let minute = 1; minute <= 10; minute += 1) {
    await core.clock.advanceBy(60_000)
    await waitUntil(() => waits.length >= minute, { what: `sleep ${minute}` })
  }
  expect(waits.length).toBeLessThanOrEqual(12)
  expect((await gotBy()).size).toBe(tested)

  await experiments.chooseWinner(shop.workspaceId, shop.actor, id, 'B')
  await waitUntil(async () => (await shop.get(id)).status === 'completed', { what: 'completed' })
  await untilFigures(id, { sent: tested + size(null), queued: 0, skipped: size('holdout') })
  const after = await gotBy()
  for (const person of people) {
    const key = groupOfPerson(person.id)
    expect(after.get(person.id)?.length ?? 0).toBe(key === 'holdout' ? 0 : 1)
    if (key === null) expect(after.get(person.id)?.[0]).toMatchObject(expected.B)
  }
  await shop.expectFiguresToAddUp(id)
  const { experiment: report } = await shop.reports.report(shop.workspaceId, id, 'en')
  expect(report?.variants.map(({ key, people: count, sent }) => [key, count, sent])).toEqual([
    ['A', size('A'), size('A')],
    ['B', size('B') + size(null), size('B') + size(null)],
  ])
})

test('a variant of another time goes out when its time has come', async () => {
  const people = await shop.addContacts(20)
  const experiment = experimentOf()
  experiment.variants[1] = { key: 'B', templateId: null, weight: 1, delayMinutes: 30 }
  const { id } = await shop.draft({ experiment })
  const groups = experimentGroups(experiment)
  const early = people.filter((person) => groupOf(groups, id, person.id) === 'A').length
  const startedAt = core.now()
  await shop.start(id)
  await untilFigures(id, { sent: early, queued: 20 - early })
  await waitUntil(() => waits.length > 0, { what: 'the lane sleeps' })
  await waitUntil(
    async () => {
      await core.clock.advanceBy(60_000)
      return (await shop.get(id)).status === 'completed'
    },
    { what: 'completed' },
  )
  await untilFigures(id, { sent: 20, queued: 0 })
  const [late] = await shop.query<{ minutes: number }>(
    `select min(extract(epoch from accepted_at - $2)) / 60 as minutes from recipients
     where campaign_id = $1 and variant = 'B'`,
    [id, startedAt],
  )
  expect(Number(late?.minutes)).toBeGreaterThanOrEqual(30)
})
