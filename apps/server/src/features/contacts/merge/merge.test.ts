import type { ContactId, ContactMergeId, SenderId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestCore } from '../../../testing/test-core.ts'
import { buildShop } from '../../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../../campaigns/campaigns.fixtures.ts'
import { createConsentService } from '../../consent/index.ts'
import { createContactsService } from '../index.ts'
import { forgetMerges } from './forget.repo.ts'

const core = createTestCore(await testDatabase())
const contacts = createContactsService(core)
const consent = createConsentService(core)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
})

const add = async (phone: string, fullName: string, more = {}) => {
  const made = await contacts.create(shop.workspaceId, shop.actor, { phone, fullName, ...more })
  await core.clock.advanceBy(1000)
  return made
}
const merge = (survivor: ContactId, otherId: ContactId, choice = {}) =>
  contacts.merge(shop.workspaceId, shop.actor, survivor, { otherId, take: [], takeCustom: [], ...choice })
const undo = (survivor: ContactId, id: string) =>
  contacts.undoMerge(shop.workspaceId, shop.actor, survivor, id as ContactMergeId)
const get = (id: ContactId) => contacts.get(shop.workspaceId, id)
const write = (id: ContactId, senderId: SenderId, text: string) =>
  core.inWorkspace(shop.workspaceId, async (scope) => {
    const conversations = await scope.query<{ id: string }>(
      `insert into conversations (id, workspace_id, contact_id, sender_id, unread, last_message_at, last_incoming_at)
       values ($1, $2, $3, $4, 1, $5, $5) on conflict (workspace_id, contact_id, sender_id)
       do update set last_message_at = excluded.last_message_at returning id`,
      [core.newId('cnv'), scope.workspaceId, id, senderId, core.now()],
    )
    await scope.execute(
      `insert into messages (id, workspace_id, conversation_id, contact_id, sender_id, direction, text, at)
       values ($1, $2, $3, $4, $5, 'in', $6, $7)`,
      [core.newId('msg'), scope.workspaceId, conversations[0]?.id, id, senderId, text, core.now()],
    )
  })
const rowsOf = (id: ContactId) =>
  shop.query<Record<string, unknown>>(
    `select to_jsonb(c) - 'updated_at' - 'number' as contact,
       (select jsonb_agg(to_jsonb(a) order by a.id) from addresses a where a.contact_id = c.id) as addresses,
       (select jsonb_agg(tag_id order by tag_id) from contact_tags where contact_id = c.id) as tags,
       (select jsonb_agg(to_jsonb(m) order by list_id) from list_members m where contact_id = c.id) as lists,
       (select jsonb_agg(to_jsonb(v) order by v.id) from conversations v where contact_id = c.id) as conversations,
       (select jsonb_agg(to_jsonb(m) order by m.id) from messages m where contact_id = c.id) as messages
     from contacts c where id = $1`,
    [id],
  )
const twoPeople = async () => {
  const { groups } = contacts
  const [vip, ...lists] = [
    await groups.createTag(shop.workspaceId, shop.actor, { name: 'VIP', colour: 'teal' }),
    await groups.createList(shop.workspaceId, shop.actor, { name: 'Fair', description: '' }),
    await groups.createList(shop.workspaceId, shop.actor, { name: 'Guests', description: '' }),
  ]
  const [fair, guests] = lists.map(({ id }) => id)
  const ani = await add('081200000001', 'Ani', {
    email: 'ani@example.com',
    notes: 'pays cash',
    listIds: [fair],
  })
  const budi = await add('081200000002', 'Ani Lestari', {
    email: 'a.lestari@example.com',
    company: 'Melati',
    notes: 'likes tea',
    tagIds: [vip.id],
    listIds: [fair, guests],
  })
  const senderId = (await shop.addSender()) as SenderId
  await write(ani.id, senderId, 'hello')
  await core.clock.advanceBy(1000)
  await write(budi.id, senderId, 'hello again')
  return { ani: ani.id, budi: budi.id, senderId }
}

describe('merging two people', () => {
  test('joins numbers, tags, lists, notes and messages, keeps the chosen values, and the old id answers the survivor', async () => {
    const { ani, budi } = await twoPeople()
    const { contact } = await merge(ani, budi, { take: ['name'] })
    expect(contact).toMatchObject({
      id: ani,
      fullName: 'Ani Lestari',
      phone: '+6281200000001',
      email: 'ani@example.com',
      company: 'Melati',
      notes: 'pays cash\n\nlikes tea',
      tags: [{ name: 'VIP' }],
      lists: [{ name: 'Fair' }, { name: 'Guests' }],
    })
    expect(await get(budi)).toEqual(contact)
    const [rows] = await rowsOf(ani)
    expect(rows).toMatchObject({
      contact: { phones: '+6281200000001 +6281200000002' },
      conversations: [{ unread: 2 }],
      messages: [{ text: 'hello' }, { text: 'hello again' }],
    })
    expect(await rowsOf(budi)).toEqual([])
  })

  test('undone at once, both are exactly what they were', async () => {
    const { ani, budi } = await twoPeople()
    const before = [await rowsOf(ani), await rowsOf(budi)]
    const { merge: done } = await merge(ani, budi, { take: ['name', 'email'] })
    expect((await undo(ani, done.id)).leftovers).toEqual([])
    expect([await rowsOf(ani), await rowsOf(budi)]).toEqual(before)
    await expect(undo(ani, done.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('what is newer than the merge stays and is named when it is undone', async () => {
    const { ani, budi, senderId } = await twoPeople()
    const { merge: done } = await merge(ani, budi, { take: ['name'] })
    await core.clock.advanceBy(1000)
    await contacts.update(shop.workspaceId, shop.actor, ani, { fullName: 'Ani Rahma' })
    await write(ani, senderId, 'newer')
    const { contact, restored, leftovers } = await undo(ani, done.id)
    expect(leftovers).toEqual(['messages', 'values'])
    expect([contact.fullName, contact.company, restored.fullName]).toEqual(['Ani Rahma', null, 'Ani Lestari'])
  })

  test('is over after seven days, and what it kept of the person is forgotten', async () => {
    const { ani, budi } = await twoPeople()
    const { merge: done } = await merge(ani, budi)
    await core.clock.advanceBy(7 * 86_400_000)
    await expect(undo(ani, done.id)).rejects.toMatchObject({ code: 'merge_undo_over' })
    await core.inSystem((scope) => forgetMerges(scope, core.now()))
    expect(await shop.query('select record from contact_merges where id = $1', [done.id])).toEqual([
      { record: null },
    ])
    expect((await get(budi)).id).toBe(ani)
  })

  test('a chain of merges leads to the last one, and undoing the last leads back to the one before', async () => {
    const [a, b, c] = [
      await add('081200000001', 'A'),
      await add('081200000002', 'B'),
      await add('081200000003', 'C'),
    ]
    await merge(b.id, a.id)
    const { merge: last } = await merge(c.id, b.id)
    expect((await get(a.id)).id).toBe(c.id)
    await undo(c.id, last.id)
    expect((await get(a.id)).id).toBe(b.id)
  })
})

describe('consent of two people who are one', () => {
  const granted = { consentWording: 'at the counter' }

  test.each(['survivor', 'other'] as const)('an opt-out of the %s holds for both', async (who) => {
    const ani = await add('081200000001', 'Ani', granted)
    const budi = await add('081200000002', 'Ani L', granted)
    await consent.optOut(shop.workspaceId, shop.actor, who === 'survivor' ? ani.id : budi.id, '')
    await core.clock.advanceBy(1000)
    await consent.recordConsent(shop.workspaceId, shop.actor, {
      contactId: who === 'survivor' ? budi.id : ani.id,
      state: 'granted',
      wording: 'newer, of the other',
    })
    const { contact } = await merge(ani.id, budi.id)
    expect(contact).toMatchObject({ marketingConsent: 'withdrawn', suppressed: 'unsubscribed' })
    const lines = await consent.listConsents(shop.workspaceId, ani.id)
    expect(lines.map(({ wording }) => wording)).toContain('newer, of the other')
  })

  test('undoing gives back an agreement that only the merge had covered, and no agreement of the other', async () => {
    const ani = await add('081200000001', 'Ani', granted)
    const out = await add('081200000002', 'Ani L', granted)
    await consent.optOut(shop.workspaceId, shop.actor, out.id, '')
    const first = await merge(ani.id, out.id)
    await core.clock.advanceBy(1000)
    const undone = await undo(ani.id, first.merge.id)
    expect([undone.contact.marketingConsent, undone.restored.marketingConsent]).toEqual([
      'granted',
      'withdrawn',
    ])
    const unknown = await add('081200000003', 'Citra')
    const second = await merge(unknown.id, ani.id)
    expect(second.contact.marketingConsent).toBe('granted')
    await core.clock.advanceBy(1000)
    const apart = await undo(unknown.id, second.merge.id)
    expect(apart).toMatchObject({ leftovers: ['consent'], contact: { marketingConsent: 'withdrawn' } })
  })

  test('a STOP from after the merge holds for both when it is undone', async () => {
    const [ani, budi] = [
      await add('081200000001', 'Ani', granted),
      await add('081200000002', 'Ani L', granted),
    ]
    const { merge: done } = await merge(ani.id, budi.id)
    await core.clock.advanceBy(1000)
    await consent.optOut(shop.workspaceId, shop.actor, ani.id, '')
    const { contact, restored, leftovers } = await undo(ani.id, done.id)
    expect(leftovers).toEqual(['consent'])
    for (const person of [contact, restored]) {
      expect(person).toMatchObject({ marketingConsent: 'withdrawn', suppressed: 'unsubscribed' })
    }
  })
})

describe('a running campaign', () => {
  const start = async () => {
    await shop.addSender()
    const [ani, budi, citra] = (await shop.addContacts(3)).map(({ id }) => id as ContactId)
    const { id } = await shop.draft()
    await shop.start(id)
    return { id, ani: ani as ContactId, budi: budi as ContactId, citra: citra as ContactId }
  }

  test('sends one message to a person who waited in it twice, and its figures add up', async () => {
    const { id, ani, budi } = await start()
    await merge(ani, budi)
    expect(
      await shop.query(
        'select contact_id, status, reason from recipients where campaign_id = $1 and contact_id = $2 order by status',
        [id, ani],
      ),
    ).toEqual([
      { contact_id: ani, status: 'queued', reason: null },
      { contact_id: ani, status: 'skipped', reason: 'duplicate' },
    ])
    await shop.expectFiguresToAddUp(id)
  })

  test('sends none more to a person who has had it under the other contact', async () => {
    const { id, ani, budi } = await start()
    await shop.query(
      `update recipients set status = 'accepted', due_at = null where campaign_id = $1 and contact_id = $2`,
      [id, budi],
    )
    await merge(ani, budi)
    expect(await shop.statuses(id)).toEqual({ accepted: 1, queued: 1, skipped: 1 })
  })

  test('what was written under the old id while merging follows, and goes back when it is undone', async () => {
    const { ani, budi } = await start()
    const { merge: done } = await merge(ani, budi)
    const senderId = (await shop.addSender()) as SenderId
    await write(budi, senderId, 'on its way')
    await contacts.settle(shop.workspaceId, done.id as ContactMergeId)
    await contacts.settle(shop.workspaceId, done.id as ContactMergeId)
    const whose = () =>
      shop.query(`select contact_id from messages where text = 'on its way' and workspace_id = $1`, [
        shop.workspaceId,
      ])
    expect(await whose()).toEqual([{ contact_id: ani }])
    expect((await undo(ani, done.id)).leftovers).toEqual(['recipients'])
    expect(await whose()).toEqual([{ contact_id: budi }])
  })

  test('leaves out the survivor when its audience leaves out the one that was taken in', async () => {
    const [ani, budi] = (await shop.addContacts(2)).map(({ id }) => id as ContactId)
    const { id } = await shop.draft({
      audience: { include: [{ kind: 'everyone' }], exclude: [{ kind: 'contact', id: budi as string }] },
    })
    await shop.addSender()
    await shop.addContacts(1)
    await merge(ani as ContactId, budi as ContactId)
    await shop.start(id)
    expect(
      await shop.query('select 1 from recipients where campaign_id = $1 and contact_id = $2', [id, ani]),
    ).toEqual([])
  })
})
