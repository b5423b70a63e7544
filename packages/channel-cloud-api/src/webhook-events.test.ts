import { describe, expect, test } from 'vitest'
import type { InboundEvent } from '@siar/channel'
import { readItem } from './webhook-events.ts'

const now = new Date('2026-11-30T10:00:00Z')
const timestamp = '1796000000'
const at = new Date(1_796_000_000_000)

const read = (item: unknown, phone: string | null = null): readonly InboundEvent[] =>
  readItem(item, phone, now).events
const statusOf = (status: object): readonly InboundEvent[] =>
  read({ kind: 'status', status: { id: 'wamid.a', timestamp, recipient_id: '62812', ...status } })
const messageOf = (message: object, contact: object = {}): readonly InboundEvent[] =>
  read({
    kind: 'message',
    message: { from: '6281200000001', id: 'wamid.in', timestamp, ...message },
    contact,
  })
const accountOf = (field: string, value: object): readonly InboundEvent[] =>
  read({ kind: 'account', field, value, time: timestamp })

describe('statuses', () => {
  test('each status is a receipt that carries our id and the clock of Meta', () => {
    const kinds = { sent: 'accepted', delivered: 'delivered', read: 'read', played: 'read' }
    for (const [status, kind] of Object.entries(kinds)) {
      expect(statusOf({ status, biz_opaque_callback_data: 'msg_01' })).toEqual([
        { type: 'receipt', channelMessageId: 'wamid.a', messageId: 'msg_01', kind, at },
      ])
    }
    expect(statusOf({ status: 'deleted' })).toEqual([])
  })

  test("another program's word is not taken for our id", () => {
    expect(statusOf({ status: 'sent', biz_opaque_callback_data: 'order 7' })[0]).toMatchObject({
      messageId: null,
    })
  })

  test('a late refusal has its reason, its action and no text of Meta', () => {
    const errors = [{ code: 131049, title: 'secret', error_data: { details: 'secret' } }]
    const [receipt] = statusOf({ status: 'failed', errors })
    expect(receipt).toMatchObject({
      kind: 'refused',
      refusal: { reason: 'healthy_ecosystem', action: 'cool_recipient' },
    })
    expect(JSON.stringify(receipt)).not.toContain('secret')
    expect(statusOf({ status: 'failed' })[0]).toMatchObject({ refusal: { action: 'drop_recipient' } })
  })

  test('what it is charged as is read, also where Meta states no type', () => {
    const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' }
    expect(statusOf({ status: 'sent', pricing })[0]).toMatchObject({
      pricing: { billable: true, kind: 'regular', category: 'marketing' },
    })
    const older = { billable: false, pricing_model: 'CBP', category: 'SERVICE' }
    expect(statusOf({ status: 'sent', pricing: older })[0]).toMatchObject({
      pricing: { billable: false, kind: 'free_customer_service', category: 'service' },
    })
  })
})

describe('incoming messages', () => {
  test('a text comes with its sender, name, quote and advertisement', () => {
    const referral = { source_type: 'ad', source_id: '12', ctwa_clid: 'click' }
    const message = { type: 'text', text: { body: 'Halo' }, context: { id: 'wamid.b' }, referral }
    expect(messageOf(message, { profile: { name: 'Sari' }, wa_id: '6281200000001' })).toEqual([
      {
        type: 'message',
        channelMessageId: 'wamid.in',
        from: '+6281200000001',
        aliases: [],
        fromName: 'Sari',
        text: 'Halo',
        media: null,
        button: null,
        inReplyTo: 'wamid.b',
        referral: { kind: 'ad', sourceId: '12', clickId: 'click' },
        at,
      },
    ])
  })

  test('a person without a number is known by the id of WhatsApp, and one with both by both', () => {
    const text = { type: 'text', text: { body: 'Halo' } }
    const hidden = { ...text, from: undefined, from_user_id: 'ID.134' }
    expect(messageOf(hidden, { user_id: 'ID.134' })[0]).toMatchObject({ from: 'ID.134', aliases: [] })
    expect(messageOf({ ...text, from: undefined }, { user_id: 'ID.134' })[0]).toMatchObject({
      from: 'ID.134',
    })
    expect(messageOf(text, { user_id: 'ID.134' })[0]).toMatchObject({
      from: '+6281200000001',
      aliases: ['ID.134'],
    })
  })

  test('files come with their reference, their name and their caption', () => {
    for (const kind of ['image', 'video', 'audio', 'document', 'sticker']) {
      const file = { id: '77', mime_type: 'a/b', sha256: '', caption: 'ini', filename: 'x.pdf' }
      expect(messageOf({ type: kind, [kind]: file })[0]).toMatchObject({
        text: 'ini',
        media: { kind, mimeType: 'a/b', fileName: 'x.pdf', ref: '77' },
      })
    }
  })

  test('a pressed button comes with its id and title, whatever it stood on', () => {
    const pressed = { text: 'Ya', button: { id: 'ya', title: 'Ya' } }
    expect(messageOf({ type: 'button', button: { payload: 'ya', text: 'Ya' } })[0]).toMatchObject(pressed)
    for (const kind of ['button_reply', 'list_reply']) {
      const interactive = { type: kind, [kind]: { id: 'ya', title: 'Ya' } }
      expect(messageOf({ type: 'interactive', interactive })[0]).toMatchObject(pressed)
    }
  })

  test('a place, a card, a reaction and an order say in words what is in them', () => {
    const location = { latitude: -6.2, longitude: 106.8, name: 'Toko', address: 'Jalan 1' }
    expect(messageOf({ type: 'location', location })[0]).toMatchObject({
      text: 'Toko\nJalan 1\nhttps://www.google.com/maps?q=-6.2,106.8',
      media: { kind: 'location', ref: null },
    })
    const contacts = [{ name: { formatted_name: 'Budi' }, phones: [{ phone: '+62 813' }] }]
    expect(messageOf({ type: 'contacts', contacts })[0]).toMatchObject({ text: 'Budi\n+62 813' })
    expect(
      messageOf({ type: 'reaction', reaction: { message_id: 'wamid.b', emoji: '👍' } })[0],
    ).toMatchObject({
      text: '👍',
      inReplyTo: 'wamid.b',
      media: { kind: 'reaction' },
    })
    expect(messageOf({ type: 'reaction', reaction: { message_id: 'wamid.b' } })).toEqual([])
    const item = { product_retailer_id: 'kopi', quantity: 2, item_price: 10, currency: 'IDR' }
    expect(messageOf({ type: 'order', order: { text: 'cepat', product_items: [item] } })[0]).toMatchObject({
      text: 'cepat\n2 × kopi @ IDR 10',
    })
  })

  test('what is unknown arrives as unsupported, never as nothing', () => {
    for (const type of ['unsupported', 'unknown', 'hologram', undefined]) {
      expect(messageOf({ type, errors: [{ code: 131051 }] })[0]).toMatchObject({
        media: { kind: 'unsupported' },
      })
    }
  })

  test('a changed number makes two addresses one person', () => {
    const system = { type: 'user_changed_number', wa_id: '6281300000001', body: '' }
    expect(messageOf({ type: 'system', system })).toEqual([
      { type: 'same_person', addresses: ['+6281200000001', '+6281300000001'], at },
    ])
  })

  test('what the owner wrote on the phone is told as such', () => {
    const message = { id: 'wamid.own', to: '6281200000001', timestamp, type: 'text', text: { body: 'Siap' } }
    expect(read({ kind: 'echo', message })).toEqual([
      { type: 'own_message', channelMessageId: 'wamid.own', to: '+6281200000001', text: 'Siap', at },
    ])
  })
})

describe('news of the account', () => {
  test("a person's switch for marketing is told, by both ways it comes", () => {
    const preference = { wa_id: '6281200000001', category: 'marketing_messages', value: 'stop', timestamp }
    const told = [{ type: 'marketing_choice', from: '+6281200000001', choice: 'stop', at }]
    expect(read({ kind: 'preference', preference })).toEqual(told)
    const system = { type: 'user_preference_changed', marketing: 'stop' }
    expect(messageOf({ type: 'system', system })).toEqual(told)
  })

  test('each template event becomes an approval of the closed set', () => {
    const template = {
      message_template_id: 12,
      message_template_name: 'promo',
      message_template_language: 'id',
    }
    const statusAfter = (event: string): unknown =>
      accountOf('message_template_status_update', { ...template, event, reason: 'NONE' })[0]
    const cases = { APPROVED: 'APPROVED', REINSTATED: 'APPROVED', FLAGGED: 'APPROVED', REJECTED: 'REJECTED' }
    for (const [event, status] of Object.entries({
      ...cases,
      PAUSED: 'PAUSED',
      DISABLED: 'DISABLED',
      PENDING_DELETION: 'DISABLED',
      IN_APPEAL: 'PENDING',
      SOMETHING_NEW: 'PENDING',
    })) {
      expect(statusAfter(event)).toMatchObject({ type: 'template', remoteId: '12', name: 'promo', status })
    }
    const rejected = { ...template, event: 'REJECTED', reason: 'ABUSIVE_CONTENT' }
    expect(accountOf('message_template_status_update', rejected)[0]).toMatchObject({
      reason: 'ABUSIVE_CONTENT',
    })
    const moved = { ...template, previous_category: 'UTILITY', new_category: 'MARKETING' }
    expect(accountOf('template_category_update', moved)[0]).toMatchObject({
      category: 'MARKETING',
      status: null,
    })
    const scores = { ...template, previous_quality_score: 'GREEN', new_quality_score: 'RED' }
    expect(accountOf('message_template_quality_update', scores)[0]).toMatchObject({
      kind: 'template_quality',
      detail: 'promo (id): GREEN → RED',
    })
  })

  test('limits and speed are told as the standing of the number', () => {
    const upgrade = {
      event: 'UPGRADE',
      current_limit: 'TIER_2K',
      max_daily_conversations_per_business: 'TIER_2K',
    }
    expect(accountOf('phone_number_quality_update', upgrade)[0]).toMatchObject({ messagingLimit: 2_000 })
    const faster = { event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_UNLIMITED' }
    expect(accountOf('phone_number_quality_update', faster)[0]).toMatchObject({
      messagesPerSecond: 1_000,
      messagingLimit: null,
    })
    const limits = { TIER_UNLIMITED: Infinity, '-1': Infinity, TIER_100K: 100_000, '250': 250 }
    for (const [given, messagingLimit] of Object.entries(limits)) {
      const value = { max_daily_conversations_per_business: given }
      expect(accountOf('business_capability_update', value)[0]).toMatchObject({ messagingLimit })
    }
  })

  test('news of another number of the account is passed over', () => {
    const value = { display_phone_number: '62895 0000', event: 'THROUGHPUT_UPGRADE' }
    const item = { kind: 'account', field: 'phone_number_quality_update', value, time: timestamp }
    expect(read(item, '+62895111')).toEqual([])
    expect(read(item, '+628950000')).not.toEqual([])
  })

  test('a ban, a restriction and a lost access change the state, an alert is noted', () => {
    const update = (value: object): ReturnType<typeof readItem> =>
      readItem({ kind: 'account', field: 'account_update', value, time: timestamp }, null, now)
    const ban = (state: string): object => ({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: state } })
    expect(update(ban('DISABLE')).state?.name).toBe('banned')
    expect(update(ban('REINSTATE')).state?.name).toBe('pardoned')
    expect(update(ban('SCHEDULE_FOR_DISABLE')).state).toBeUndefined()
    const restriction_info = [
      { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: '1796100000' },
    ]
    const restricted = update({ event: 'ACCOUNT_RESTRICTION', restriction_info })
    expect(restricted.state?.name).toBe('restricted')
    expect(restricted.events).toContainEqual({
      type: 'new_chats_lock',
      until: new Date(1_796_100_000_000),
      at,
    })
    expect(update({ event: 'PARTNER_REMOVED' }).state?.name).toBe('logged_out')
    const alert = { alert_severity: 'CRITICAL', alert_status: 'ACTIVE', alert_type: 'OBA_APPROVED' }
    expect(accountOf('account_alerts', alert)[0]).toMatchObject({ kind: 'account_alert' })
    expect(read({ kind: 'error', error: { code: 130429 }, time: timestamp })[0]).toMatchObject({
      kind: 'service_error',
      detail: '130429',
    })
    expect(accountOf('something_new', {})[0]).toMatchObject({ type: 'note', detail: 'something_new' })
  })
})
