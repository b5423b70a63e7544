import type { ContactId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createConsentService } from '../consent/index.ts'
import { createContactsService } from './index.ts'

const database = await testDatabase()
const core = createTestCore(database)
const consent = createConsentService(core)
const contacts = createContactsService(core)
const { groups, customFields: fields } = contacts
const owner = buildActor(core)
let workspaceId = await buildWorkspace(core)

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
})

const add = (phone: string, fullName = '', more = {}) =>
  contacts.create(workspaceId, owner, { phone, fullName, ...more })
const find = async (search: string, more = {}) => {
  const { rows } = await contacts.list(workspaceId, { search, sort: 'newest', limit: 50, ...more })
  return rows.map(({ fullName }) => fullName).sort()
}

describe('adding and changing', () => {
  test('normalises the number, completes the names and keeps what was given', async () => {
    const tag = await groups.createTag(workspaceId, owner, { name: 'VIP', colour: 'teal' })
    const contact = await add('0812-0000 0001', 'Siti Nur Aini', {
      email: 'Siti@Example.com',
      tagIds: [tag.id],
    })
    expect(contact).toMatchObject({
      phone: '+6281200000001',
      isLandline: false,
      firstName: 'Siti',
      lastName: 'Nur Aini',
      email: 'siti@example.com',
      source: 'manual',
      marketingConsent: 'unknown',
      tags: [{ name: 'VIP', colour: 'teal' }],
    })
    const renamed = await contacts.update(workspaceId, owner, contact.id, { lastName: 'Rahma' })
    expect(renamed).toMatchObject({ fullName: 'Siti Rahma', firstName: 'Siti', email: 'siti@example.com' })
  })

  test('a number belongs to one contact, also when two requests race', async () => {
    const results = await Promise.allSettled(
      ['081200000001', '+62 812 0000 0001', '6281200000001'].map((phone) => add(phone)),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'already_exists' })
    }
    const other = await add('081200000002')
    await expect(
      contacts.update(workspaceId, owner, other.id, { phone: '081200000001' }),
    ).rejects.toMatchObject({ code: 'already_exists' })
  })

  test('refuses a number that is none, and one of a country that is not allowed', async () => {
    await expect(add('12345')).rejects.toMatchObject({ code: 'invalid_phone' })
    workspaceId = await buildWorkspace(core, { settings: { countries: ['ID'] } })
    await expect(add('+65 8123 4567')).rejects.toMatchObject({
      code: 'invalid_phone',
      details: { reason: 'country_not_allowed' },
    })
  })

  test('a new number can be found and the old one no longer', async () => {
    const contact = await add('081200000001', 'Budi')
    await contacts.update(workspaceId, owner, contact.id, { phone: '081311112222' })
    expect(await find('0813 1111')).toEqual(['Budi'])
    expect(await find('08120000')).toEqual([])
  })

  test('custom values are read by the type of their field', async () => {
    await fields.create(workspaceId, owner, { label: 'Tanggal Lahir', type: 'date', choices: [] })
    await fields.create(workspaceId, owner, { label: 'Poin', type: 'number', choices: [] })
    const contact = await add('081200000001', 'Budi', {
      custom: { 'tanggal lahir': '03/09/1997', poin: '1.250' },
    })
    expect(contact.custom).toEqual({ 'tanggal lahir': '1997-09-03', poin: 1250 })
    await expect(
      contacts.update(workspaceId, owner, contact.id, { custom: { poin: 'banyak' } }),
    ).rejects.toMatchObject({ code: 'validation_failed' })
    await expect(
      contacts.update(workspaceId, owner, contact.id, { custom: { ukuran: 'XL' } }),
    ).rejects.toMatchObject({ code: 'validation_failed' })
    const field = (await fields.list(workspaceId)).find(({ key }) => key === 'tanggal lahir')
    await fields.remove(workspaceId, owner, field?.id as never)
    expect((await contacts.get(workspaceId, contact.id)).custom).toEqual({ poin: 1250 })
  })
})

describe('the walls of a workspace', () => {
  test('a contact, tag or list of another workspace does not exist', async () => {
    const contact = await add('081200000001', 'Budi')
    const list = await groups.createList(workspaceId, owner, { name: 'Promo', description: '' })
    const elsewhere = await buildWorkspace(core)
    const missing = { code: 'not_found' }
    await expect(contacts.get(elsewhere, contact.id)).rejects.toMatchObject(missing)
    await expect(contacts.update(elsewhere, owner, contact.id, { notes: 'x' })).rejects.toMatchObject(missing)
    await expect(contacts.remove(elsewhere, owner, contact.id)).rejects.toMatchObject(missing)
    await expect(contacts.timeline(elsewhere, contact.id, { limit: 5 })).rejects.toMatchObject(missing)
    await expect(
      contacts.create(elsewhere, owner, { phone: '081200000009', listIds: [list.id] }),
    ).rejects.toMatchObject(missing)
    const page = await contacts.list(elsewhere, { search: 'budi', sort: 'newest', limit: 10 })
    expect(page).toMatchObject({ rows: [], total: 0 })
    expect(
      await contacts.bulkUpdate(elsewhere, owner, { contactIds: [contact.id] }, { active: false }),
    ).toEqual({ contacts: 0 })
  })

  test('search as the tenant role cannot be pointed at another workspace', async () => {
    await add('081200000001', 'Budi')
    const elsewhere = await buildWorkspace(core)
    const seen = await core.inWorkspace(elsewhere, (scope) =>
      scope.query(
        `select * from search_contact_ids('{%}', '{}', null, null, null, null, 'newest', null, null, 10)`,
      ),
    )
    expect(seen).toEqual([])
  })
})

describe('searching', () => {
  beforeEach(async () => {
    await add('081281590830', 'Indah Kusuma', { email: 'indah@tokomaju.example', company: 'Toko Maju' })
    await add('+62 857-0000-1234', 'Budi 100% Hemat')
    await add('+6591234567', 'Wei Ling')
  })

  test.each([
    ['0812 8159', ['Indah Kusuma']],
    ['0812', ['Indah Kusuma']],
    ['6281281590830', ['Indah Kusuma']],
    ['0062 812 8159', ['Indah Kusuma']],
    ['0812 8158', []],
    ['281590830', ['Indah Kusuma']],
    ['+99999999999999999999', []],
    ['+62 812-8159-0830', ['Indah Kusuma']],
    ['62812', ['Indah Kusuma']],
    ['0830', ['Indah Kusuma']],
    ['9123', ['Wei Ling']],
    ['kusuma indah', ['Indah Kusuma']],
    ['TOKO MAJU', ['Indah Kusuma']],
    ['@tokomaju', ['Indah Kusuma']],
    ['100%', ['Budi 100% Hemat']],
    ['%', ['Budi 100% Hemat']],
    ['_', []],
    ["'; drop table contacts; --", []],
    ['\0', ['Budi 100% Hemat', 'Indah Kusuma', 'Wei Ling']],
  ])('%j', async (search, names) => {
    expect(await find(search)).toEqual(names)
  })

  test('goes together with the filters', async () => {
    const list = await groups.createList(workspaceId, owner, { name: 'Promo', description: '' })
    const { rows } = await contacts.list(workspaceId, { search: 'indah', sort: 'newest', limit: 1 })
    const indah = rows[0]?.id as ContactId
    await contacts.update(workspaceId, owner, indah, { listIds: [list.id] })
    await consent.optOut(workspaceId, owner, indah, '')
    expect(await find('', { listId: list.id })).toEqual(['Indah Kusuma'])
    expect(await find('', { suppressed: true, consent: 'withdrawn' })).toEqual(['Indah Kusuma'])
    expect(await find('', { suppressed: false })).toEqual(['Budi 100% Hemat', 'Wei Ling'])
    expect(await find('budi', { listId: list.id })).toEqual([])
  })

  test('uses the trigram index under the rights of the search function', async () => {
    const plan = await database.pool.query<Record<'QUERY PLAN', string>>(
      `set enable_seqscan = off; explain select id from contacts where search_text like '%kusuma%'; set enable_seqscan = on`,
    )
    expect(JSON.stringify(plan)).toContain('contacts_search_idx')
  })
})

describe('pages', () => {
  test.each(['newest', 'name'] as const)('by %s give everybody once, with the total', async (sort) => {
    for (let index = 0; index < 11; index += 1) await add(`08120000${1000 + index}`, `Nama ${index % 3}`)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await contacts.list(workspaceId, { sort, limit: 4, cursor })
      expect(page).toMatchObject({ total: 11, totalIsExact: true })
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toHaveLength(11)
    expect(new Set(seen).size).toBe(11)
  })

  test('refuse a cursor of another making', async () => {
    for (const cursor of ['x', 'W10', Buffer.from('["a"]').toString('base64url')]) {
      await expect(contacts.list(workspaceId, { sort: 'newest', limit: 4, cursor })).rejects.toMatchObject({
        code: 'validation_failed',
      })
    }
  })
})

describe('many at once', () => {
  test('changes everybody a filter finds, also when the change moves them out of it', async () => {
    const old = await groups.createTag(workspaceId, owner, { name: 'lama', colour: 'stone' })
    const fresh = await groups.createTag(workspaceId, owner, { name: 'baru', colour: 'teal' })
    for (let index = 0; index < 5; index += 1) await add(`08120000${1000 + index}`, '', { tagIds: [old.id] })
    await add('081200002000')
    const change = { addTagIds: [fresh.id], removeTagIds: [old.id], active: false }
    const result = await contacts.bulkUpdate(workspaceId, owner, { filter: { tagId: old.id } }, change)
    expect(result).toEqual({ contacts: 5 })
    expect((await groups.listTags(workspaceId)).map(({ name, contacts }) => [name, contacts])).toEqual([
      ['baru', 5],
      ['lama', 0],
    ])
  })

  test('deletes only as many as were confirmed', async () => {
    for (let index = 0; index < 3; index += 1) await add(`08120000${1000 + index}`)
    const everybody = { filter: {} }
    await expect(contacts.bulkRemove(workspaceId, owner, everybody, 2)).rejects.toMatchObject({
      code: 'conflict',
      details: { contacts: 3 },
    })
    expect(await contacts.bulkRemove(workspaceId, owner, everybody, 3)).toEqual({ contacts: 3 })
  })
})

test('the timeline tells what happened, newest first, page by page', async () => {
  const { id } = await add('081200000001', 'Budi', { consentWording: 'Formulir' })
  await core.clock.advanceBy(1000)
  await consent.optOut(workspaceId, owner, id, 'minta')
  const first = await contacts.timeline(workspaceId, id, { limit: 3 })
  const second = await contacts.timeline(workspaceId, id, { limit: 3, cursor: first.nextCursor ?? '' })
  expect([...first.rows, ...second.rows].map(({ kind, status }) => [kind, status])).toEqual([
    ['suppression', 'unsubscribed'],
    ['consent', 'withdrawn'],
    ['created', null],
    ['consent', 'granted'],
  ])
  expect(second.nextCursor).toBeNull()
})

test('messages and campaigns stand in the timeline too', async () => {
  const { id } = await add('081200000001', 'Budi')
  await database.pool.query(
    `with message as (
       insert into messages (id, workspace_id, contact_id, sender_id, direction, text, at)
       values ('msg_1', $1, $2, 'snd_1', 'in', 'Halo kak', $3))
     , campaign as (
       insert into campaigns (id, workspace_id, name, purpose, created_by) values ('cmp_1', $1, 'Promo Mei', 'marketing', 'x'))
     insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, reason, updated_at)
     values ('rcp_1', $1, 'cmp_1', 'run_1', $2, 1, '+6281200000001', 'skipped', 'no_consent', $3)`,
    [workspaceId, id, new Date(core.now().getTime() + 1000)],
  )
  const { rows } = await contacts.timeline(workspaceId, id, { limit: 2 })
  expect(rows).toMatchObject([
    { kind: 'message_in', detail: 'Halo kak' },
    { kind: 'campaign', subject: 'Promo Mei', status: 'skipped', detail: 'no_consent' },
  ])
})

test('a list that a running campaign names stays, another one goes', async () => {
  const [used, free] = [
    await groups.createList(workspaceId, owner, { name: 'Promo', description: '' }),
    await groups.createList(workspaceId, owner, { name: 'Lama', description: '' }),
  ]
  await core.inWorkspace(workspaceId, (scope) =>
    scope.execute(
      `insert into campaigns (id, workspace_id, name, purpose, status, audience, created_by)
       values ($1, $2, 'c', 'marketing', 'running', $3, 'x')`,
      [core.newId('cmp'), workspaceId, JSON.stringify({ include: [{ listId: used.id }] })],
    ),
  )
  await expect(groups.removeList(workspaceId, owner, used.id as never)).rejects.toMatchObject({
    code: 'list_in_use',
  })
  await groups.removeList(workspaceId, owner, free.id as never)
  await expect(
    groups.createList(workspaceId, owner, { name: 'PROMO', description: '' }),
  ).rejects.toMatchObject({ code: 'already_exists' })
})
