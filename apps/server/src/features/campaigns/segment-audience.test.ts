import type { SegmentRule } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { createSegmentService } from '../segments/index.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'

const startAt = new Date('2026-11-20T03:00:00Z')
let present = startAt
const core = createTestCore(await testDatabase(), { startAt, edges: { now: () => present } })
const segments = createSegmentService(core)
let shop: ShopFixture

beforeEach(async () => {
  present = startAt
  shop = await buildShop(core)
  await shop.addSender()
})

const named = (value: string): SegmentRule => ({ kind: 'field', field: 'fullName', operator: 'is', value })
const segment = async (rule: SegmentRule) =>
  (await segments.create(shop.workspaceId, shop.actor, { name: core.newId('seg'), description: '', rule })).id
const recipients = async (campaignId: string) => {
  const rows = await shop.query<{ contact_id: string }>(
    `select contact_id from recipients where campaign_id = $1 and status = 'queued'`,
    [campaignId],
  )
  return rows.map((row) => row.contact_id).sort()
}
const idsOf = (people: readonly { id: string }[]) => people.map(({ id }) => id).sort()
const plan = (include: string[], exclude: string[], schedule: Parameters<ShopFixture['draft']>[0] = {}) =>
  shop.draft({
    audience: {
      include: include.map((id) => ({ kind: 'segment', id })),
      exclude: exclude.map((id) => ({ kind: 'segment', id })),
    },
    ...schedule,
  })
const tomorrow = { schedule: { kind: 'at' as const, at: '2026-11-21T09:00', timeZone: 'Asia/Jakarta' } }

test('a campaign reaches whom its segments find, but for those whom others leave out, each once', async () => {
  const ana = await shop.addContacts(2, { name: 'Ana' })
  const budi = await shop.addContacts(3, { name: 'Budi' })
  await shop.addContact({ name: 'Cici' })
  const either = await segment({ kind: 'any', rules: [named('Ana'), named('Budi')] })
  const { id } = await plan([either, await segment(named('Ana'))], [])
  expect((await shop.forecasts.forecast(shop.workspaceId, id, 'en')).recipients).toBe(5)
  await shop.start(id)
  expect(await recipients(id)).toEqual(idsOf([...ana, ...budi]))

  const less = await plan([either], [await segment(named('Ana'))])
  await shop.start(less.id)
  expect(await recipients(less.id)).toEqual(idsOf(budi))
})

test('who belongs to a segment is decided when the run starts, by its rule of then', async () => {
  const [early] = await shop.addContacts(1, { name: 'Ana' })
  const segmentId = await segment(named('Ana'))
  const { id } = await plan([segmentId], [], tomorrow)
  await shop.start(id)
  const late = await shop.addContact({ name: 'Budi' })
  await segments.update(shop.workspaceId, shop.actor, segmentId, { rule: named('Budi') })
  present = new Date('2026-11-21T02:00:05Z')
  await shop.starts.startDue()
  expect(await recipients(id)).toEqual([late.id])
  expect(early).toBeDefined()
})

test('those who did not read the last campaign get the next one', async () => {
  const people = await shop.addContacts(3)
  const first = await shop.draft()
  await shop.start(first.id)
  await shop.query(
    `update recipients set status = 'read', accepted_at = $2, read_at = $2 where campaign_id = $1 and contact_id = $3`,
    [first.id, present, people[0]?.id],
  )
  await shop.query(
    `update recipients set status = 'accepted', accepted_at = $2 where campaign_id = $1 and status = 'queued'`,
    [first.id, present],
  )
  const about = { activity: 'read', withinDays: null, campaignId: first.id } as const
  const again = await segment({
    kind: 'all',
    rules: [
      { kind: 'activity', ...about, activity: 'sent', operator: 'did' },
      { kind: 'activity', ...about, operator: 'did_not' },
    ],
  })
  const next = await plan([again], [])
  await shop.start(next.id)
  expect(await recipients(next.id)).toEqual(idsOf(people.slice(1)))
})

test('a segment that a campaign on the schedule names cannot be deleted', async () => {
  await shop.addContact({ name: 'Ana' })
  const segmentId = await segment(named('Ana'))
  const { id } = await plan([], [segmentId], tomorrow)
  await shop.start(id)
  await expect(segments.remove(shop.workspaceId, shop.actor, segmentId)).rejects.toMatchObject({
    code: 'segment_in_use',
    details: { reason: 'Promo' },
  })
  await shop.starts.unschedule(shop.workspaceId, shop.actor, id)
  await segments.remove(shop.workspaceId, shop.actor, segmentId)
})

test('a draft whose segment was deleted says so, sends nothing, and can still be changed', async () => {
  await shop.addContacts(2, { name: 'Ana' })
  const segmentId = await segment(named('Ana'))
  const draft = await shop.draft({
    audience: { include: [{ kind: 'everyone' }], exclude: [{ kind: 'segment', id: segmentId }] },
  })
  await segments.remove(shop.workspaceId, shop.actor, segmentId)
  const { blockers } = await shop.forecasts.forecast(shop.workspaceId, draft.id, 'en')
  expect(blockers.map(({ code }) => code)).toEqual(['campaign_segment_unusable'])
  await expect(shop.start(draft.id)).rejects.toMatchObject({ code: 'campaign_segment_unusable' })
  expect(await recipients(draft.id)).toEqual([])

  const change = (body: object) => shop.campaigns.update(shop.workspaceId, shop.actor, draft.id, body)
  await change({ name: 'Later', audience: draft.audience })
  await expect(
    change({ audience: { include: [], exclude: [{ kind: 'segment', id: segmentId }] } }),
  ).rejects.toMatchObject({ code: 'not_found' })
  await change({ audience: { include: [{ kind: 'everyone' }], exclude: [] } })
  await shop.start(draft.id)
  expect(await recipients(draft.id)).toHaveLength(2)
})

test('a scheduled campaign whose segment lost its tag asks a person instead of sending to the wrong people', async () => {
  await shop.addContacts(2)
  const tagId = core.newId('tag')
  await shop.query(`insert into tags (id, workspace_id, name) values ($1, $2, 'Complained')`, [
    tagId,
    shop.workspaceId,
  ])
  const calm = await segment({ kind: 'tag', operator: 'none', ids: [tagId] })
  const { id } = await plan([calm], [], tomorrow)
  await shop.start(id)
  await shop.query('delete from tags where id = $1', [tagId])
  present = new Date('2026-11-21T02:00:05Z')
  await shop.starts.startDue()
  expect(await shop.get(id)).toMatchObject({ status: 'overdue', statusReason: 'campaign_segment_unusable' })
  expect(await recipients(id)).toEqual([])
})
