import { recipientStartAtMs, recipientZone } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'

const database = await testDatabase()
let present = new Date(0)
const core = createTestCore(database, { edges: { now: () => present } })
const setClock = (to: Date): void => void (present = to)
let shop: ShopFixture

beforeEach(async () => {
  setClock(new Date('2026-03-01T00:00:00Z'))
  shop = await buildShop(core)
  await shop.addSender()
})

const zones = [
  'Asia/Jakarta',
  'Asia/Makassar',
  'Asia/Jayapura',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'UTC',
  'Mars/Olympus',
  null,
]
const countries = ['ID', 'DE', 'SG', 'US', 'GB', null]

async function addPeople(): Promise<void> {
  for (const zone of zones) {
    for (const country of countries) {
      const { id } = await shop.addContact()
      await shop.query('update contacts set time_zone = $2 where id = $1', [id, zone])
      await shop.query('update addresses set country = $2 where contact_id = $1', [id, country])
    }
  }
}

interface Due {
  readonly zone: string | null
  readonly country: string | null
  readonly dueAt: Date
}

const dues = (id: string) =>
  shop.query<Due>(
    `select c.time_zone as zone, a.country, r.due_at as "dueAt" from recipients r
     join contacts c on c.id = r.contact_id join addresses a on a.contact_id = c.id where r.campaign_id = $1`,
    [id],
  )

test.each([
  ['an ordinary day', '2026-05-05T09:00'],
  ['an hour that Berlin skips', '2026-03-29T02:30'],
  ['an hour that New York skips', '2026-03-08T02:15'],
  ['an hour that Berlin shows twice', '2026-10-25T02:30'],
  ['an hour that New York shows twice', '2026-11-01T01:30'],
  ['half an hour that Lord Howe skips', '2026-10-04T02:10'],
  ['midnight at the end of the year', '2026-12-31T00:00'],
])('everybody is due when their own clock shows the time, as the domain has it: %s', async (_title, at) => {
  await addPeople()
  const { id } = await shop.draft({ schedule: { kind: 'recipient_local', at } })
  const planned = await shop.start(id)
  const first = recipientStartAtMs({ kind: 'recipient_local', localTime: at }, 'Pacific/Kiritimati') ?? 0
  expect(planned).toMatchObject({ status: 'scheduled', startAt: new Date(first).toISOString() })
  setClock(new Date(first))
  await shop.starts.startDue()
  const found = await dues(id)
  expect(found).toHaveLength(zones.length * countries.length)
  for (const { zone, country, dueAt } of found) {
    const lived = recipientZone({ zone, country }, 'Asia/Jakarta')
    const expected = recipientStartAtMs({ kind: 'recipient_local', localTime: at }, lived)
    expect([zone, country, dueAt.getTime()]).toEqual([zone, country, expected])
  }
})

test('where the time has passed when the run starts, people are due at once; the others wait for theirs', async () => {
  const [east, west] = await shop.addContacts(2)
  await shop.query(`update contacts set time_zone = 'Pacific/Auckland' where id = $1`, [east?.id])
  await shop.query(`update contacts set time_zone = 'America/Los_Angeles' where id = $1`, [west?.id])
  setClock(new Date('2026-05-05T03:00:00Z'))
  const { id } = await shop.draft({ schedule: { kind: 'recipient_local', at: '2026-05-05T09:00' } })
  expect((await shop.start(id)).status).toBe('running')
  const found = new Map((await dues(id)).map(({ zone, dueAt }) => [zone, dueAt.toISOString()]))
  expect(found.get('Pacific/Auckland')).toBe('2026-05-05T03:00:00.000Z')
  expect(found.get('America/Los_Angeles')).toBe('2026-05-05T16:00:00.000Z')
})

test('a run on the clocks of its people stays open until the last of them is due', async () => {
  const [east, west] = await shop.addContacts(2)
  await shop.query(`update contacts set time_zone = 'Pacific/Auckland' where id = $1`, [east?.id])
  await shop.query(`update contacts set time_zone = 'America/Los_Angeles' where id = $1`, [west?.id])
  const { id } = await shop.draft({ schedule: { kind: 'recipient_local', at: '2026-05-05T09:00' } })
  await shop.start(id)
  setClock(new Date('2026-05-04T19:00:00Z'))
  await shop.starts.startDue()
  await shop.control.pause(shop.workspaceId, shop.actor, id)
  expect((await shop.control.resume(shop.workspaceId, shop.actor, id)).status).toBe('running')
})
