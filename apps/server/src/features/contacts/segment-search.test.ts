import type { SegmentRule } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createSegmentService } from '../segments/index.ts'
import { createContactsService } from './index.ts'

const core = createTestCore(await testDatabase())
const contacts = createContactsService(core)
const segments = createSegmentService(core)
const owner = buildActor(core)
const workspaceId = await buildWorkspace(core)

const add = async (phone: string, fullName: string, more = {}) => {
  await core.clock.advanceBy(1000)
  return contacts.create(workspaceId, owner, { phone, fullName, ...more })
}
const tag = await contacts.groups.createTag(workspaceId, owner, { name: 'VIP', colour: 'teal' })
const list = await contacts.groups.createList(workspaceId, owner, { name: 'Shop', description: '' })
await add('081200000001', 'Ana Wijaya', { tagIds: [tag.id], company: 'Toko' })
await add('081200000002', 'Budi', { tagIds: [tag.id], consentWording: 'at the counter' })
await add('081200000003', 'Cici', { listIds: [list.id] })
await add('081200000004', 'Dewi', { tagIds: [tag.id], listIds: [list.id] })

const rule: SegmentRule = { kind: 'tag', operator: 'any', ids: [tag.id] }
const segment = await segments.create(workspaceId, owner, { name: 'VIPs', description: '', rule })
const find = async (more: object = {}) => {
  const page = await contacts.list(workspaceId, { segmentId: segment.id, sort: 'newest', limit: 50, ...more })
  expect(page.total).toBe(page.rows.length)
  return page.rows.map(({ fullName }) => fullName)
}

test('a list of contacts shows who belongs to a segment, together with every other filter and search', async () => {
  expect(await find()).toEqual(['Dewi', 'Budi', 'Ana Wijaya'])
  expect(await find({ sort: 'name' })).toEqual(['Ana Wijaya', 'Budi', 'Dewi'])
  expect(await find({ search: 'wija' })).toEqual(['Ana Wijaya'])
  expect(await find({ search: 'cici' })).toEqual([])
  expect(await find({ search: '0812 0000 0002' })).toEqual(['Budi'])
  expect(await find({ search: '00004' })).toEqual(['Dewi'])
  expect(await find({ listId: list.id })).toEqual(['Dewi'])
  expect(await find({ consent: 'granted' })).toEqual(['Budi'])
  expect(await find({ suppressed: true })).toEqual([])
  expect(await find({ suppressed: false, tagId: tag.id })).toHaveLength(3)
})

test.for(['newest', 'name'] as const)('pages by %s give everybody once', async (sort) => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await contacts.list(workspaceId, { segmentId: segment.id, sort, limit: 1, cursor })
    seen.push(...page.rows.map(({ fullName }) => fullName))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(seen.toSorted()).toEqual(['Ana Wijaya', 'Budi', 'Dewi'])
})

test('a bulk change reaches exactly the segment', async () => {
  const selection = { filter: { segmentId: segment.id } }
  expect(await contacts.bulkUpdate(workspaceId, owner, selection, { addListIds: [list.id] })).toEqual({
    contacts: 3,
  })
  expect((await contacts.groups.listLists(workspaceId))[0]?.contacts).toBe(4)
})

test('a segment that is gone has nobody', async () => {
  expect(await find({ segmentId: core.newId('seg') })).toEqual([])
})
