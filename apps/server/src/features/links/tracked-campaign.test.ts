import { createBus } from '@siar/database'
import { testDatabase } from '@siar/test-kit'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SiarEvent } from '../../core.ts'
import { createTestApp } from '../../testing/test-app.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { startSendingShop } from '../sending/sending-shop.fixtures.ts'
import type { SendingShop } from '../sending/sending-shop.fixtures.ts'
import { phoneBrowser } from './links.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
const bus = await createBus<SiarEvent>(database)
const world = await createTestApp(database, {
  edges: { bus },
  config: { publicUrl: 'https://siar.example' },
})
const { core, services } = world
let shop: ShopFixture
let sendAll: SendingShop['sendAll']
let stop: SendingShop['stop']

beforeEach(async () => {
  ;({ shop, sendAll, stop } = await startSendingShop(world, 'links'))
})

afterEach(() => stop())
afterAll(() => bus.close())

const linksIn = (message = ''): string[] => message.match(/https:\/\/siar\.example\/r\/\w+/g) ?? []

const tap = async (link = '') => {
  const { pathname } = new URL(link)
  const reply = await world.nobody.send('GET', pathname, { headers: { 'user-agent': phoneBrowser } })
  return reply.headers['location']
}

describe('a campaign with tracked links', () => {
  test('gives each person an own short link, and a tap on it is seen in the report, the log and the file', async () => {
    const [budi, sari] = [await shop.addContact({ name: 'Budi' }), await shop.addContact({ name: 'Sari' })]
    const { id } = await shop.draft(
      { trackLinks: true, variables: { kode: 'HEMAT' } },
      'Hai {name}: *https://toko.id/{kode}* {atau|dan} https://toko.id/baju, khusus https://toko.id/{first_name}',
    )
    const texts = await sendAll(id)
    const [ofBudi, ofSari] = [linksIn(texts.get(budi.phone)), linksIn(texts.get(sari.phone))]
    expect(new Set([...ofBudi, ...ofSari]).size).toBe(4)
    expect(texts.get(budi.phone)).toContain(`*${ofBudi[0]}*`)
    expect(texts.get(budi.phone)).toContain('khusus https://toko.id/Budi')
    for (const link of ofBudi) expect(link.length).toBeLessThanOrEqual('https://siar.example/r/'.length + 12)

    expect(await tap(ofBudi[0])).toBe('https://toko.id/HEMAT')
    expect(await tap(ofBudi[1])).toBe('https://toko.id/baju')
    expect(await tap(ofSari[1])).toBe('https://toko.id/baju')
    await services.links.flush()

    const report = await shop.reports.report(shop.workspaceId, id, 'en')
    expect(report.links).toEqual([
      { url: 'https://toko.id/HEMAT', clicks: 1, people: 1 },
      { url: 'https://toko.id/baju', clicks: 2, people: 2 },
    ])
    expect((await shop.get(id)).figures).toMatchObject({ sent: 2, clicked: 2 })
    await shop.expectFiguresToAddUp(id)
    const csv = await shop.reports.exportCsv(shop.workspaceId, shop.actor, id, 'en')
    const lines = (await text(csv)).trim().split('\n')
    expect(lines[0]).toMatch(/Clicked/)
    expect(lines).toHaveLength(3)
    const clickedAt = core.now().toISOString()
    expect(lines.slice(1).every((line) => line.includes(clickedAt))).toBe(true)
  })

  test('keeps its message the same for everybody but for the code, and no row for each person', async () => {
    await shop.addContacts(30)
    const { id } = await shop.draft(
      { trackLinks: true },
      'https://toko.id/a dan https://toko.id/b dan https://toko.id/a',
    )
    const texts = [...(await sendAll(id)).values()]
    expect(new Set(texts).size).toBe(30)
    expect(new Set(texts.flatMap(linksIn)).size).toBe(60)
    const [row] = await shop.query<{ count: number }>(
      'select count(*)::int as count from link_targets where workspace_id = $1',
      [shop.workspaceId],
    )
    expect(row?.count).toBe(2)
  })
})

test('a campaign that tracks nothing leaves its links as they are', async () => {
  const { phone } = await shop.addContact()
  const { id } = await shop.draft({}, 'Lihat https://toko.id/a')
  expect((await sendAll(id)).get(phone)).toBe('Lihat https://toko.id/a')
  expect((await shop.reports.report(shop.workspaceId, id, 'en')).links).toEqual([])
})

describe('before there is a run', () => {
  const example = 'https://siar.example/r/xContoh1234'

  test('samples show short links of the usual length, and a link that cannot be tracked is told', async () => {
    await shop.addContacts(1)
    const { id } = await shop.draft(
      { trackLinks: true },
      'Lihat https://toko.id/a dan https://toko.id/{name}',
    )
    const { samples, warnings } = await shop.forecasts.forecast(shop.workspaceId, id, 'id')
    expect(samples[0]?.text).toBe(`Lihat ${example} dan https://toko.id/Budi Santoso`)
    expect(warnings.map(({ code }) => code)).toContain('links_untracked')
    expect(warnings.map(({ code }) => code)).not.toContain('links_lead_nowhere')
  })

  test('a test message carries the example, which opens a page that says so', async () => {
    await shop.addContacts(1)
    const { id } = await shop.draft({ trackLinks: true }, 'Lihat https://toko.id/a')
    const sent: string[] = []
    services.testSend.attach(async (message) => {
      sent.push(message.text)
      return { outcome: 'accepted', reason: null }
    })
    await services.testSend.send(shop.workspaceId, shop.actor, id, '081234567890')
    expect(sent).toEqual([`Lihat ${example}`])
    expect((await world.nobody.send('GET', new URL(example).pathname)).status).toBe(200)
  })
})
