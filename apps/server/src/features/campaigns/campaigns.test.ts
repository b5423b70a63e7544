import { testDatabase } from '@siar/test-kit'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { failsWith } from '../../testing/fails-with.ts'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'

const database = await testDatabase()
const core = createTestCore(database)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
})

describe('starting', () => {
  test('two clicks at once start one run and freeze everybody once', async () => {
    await shop.addSender()
    await shop.addContacts(5)
    const { id } = await shop.draft()
    const answers = await Promise.all([shop.start(id), shop.start(id), shop.start(id)])
    expect(answers.map((answer) => answer.status)).toEqual(['running', 'running', 'running'])
    expect(await shop.query('select number from runs where campaign_id = $1', [id])).toEqual([{ number: 1 }])
    expect(await shop.statuses(id)).toEqual({ queued: 5 })
  })

  test('freezes each contact once, with the reason for everybody who is left out', async () => {
    await shop.addSender()
    const [first, second] = await shop.addContacts(2)
    await shop.addContact({ consent: 'unknown' })
    await shop.addContact({ consent: 'withdrawn' })
    await shop.addContact({ active: false })
    await shop.addContact({ withAddress: false })
    const suppressed = await shop.addContact()
    await shop.query(
      `insert into suppressions (id, workspace_id, kind, value, reason, created_by) values ($1, $2, 'phone', $3, 'manual', 'usr')`,
      [core.newId('sup'), shop.workspaceId, suppressed.phone],
    )
    const include = [{ kind: 'everyone' as const }, { kind: 'contact' as const, id: first?.id ?? '' }]
    const exclude = [{ kind: 'contact' as const, id: second?.id ?? '' }]
    const { id } = await shop.draft({ audience: { include, exclude } })
    const started = await shop.start(id)
    expect(await shop.statuses(id)).toEqual({ queued: 1, skipped: 5 })
    expect(await shop.reasons(id)).toEqual({
      no_consent: 1,
      consent_withdrawn: 1,
      contact_inactive: 1,
      no_address: 1,
      suppressed: 1,
    })
    expect(started.figures).toMatchObject({ total: 6, queued: 1, skipped: 5 })
    await shop.expectFiguresToAddUp(id)
  })

  test('a service message needs no consent and still never reaches a suppressed address', async () => {
    await shop.addSender()
    await shop.addContact({ consent: 'withdrawn' })
    const suppressed = await shop.addContact({ consent: 'unknown' })
    await shop.query(
      `insert into suppressions (id, workspace_id, kind, value, reason, created_by) values ($1, $2, 'phone', $3, 'manual', 'usr')`,
      [core.newId('sup'), shop.workspaceId, suppressed.phone],
    )
    const { id } = await shop.draft({ purpose: 'service' })
    await shop.start(id)
    expect(await shop.statuses(id)).toEqual({ queued: 1, skipped: 1 })
    expect(await shop.reasons(id)).toEqual({ suppressed: 1 })
  })

  test('a contact keeps the sender it already talks with; the others take turns', async () => {
    const senders = [await shop.addSender(), await shop.addSender()]
    const people = await shop.addContacts(6)
    await shop.query(
      `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at) values ($1, $2, $3, $4, now())`,
      [core.newId('cnv'), shop.workspaceId, people[2]?.id, senders[1]],
    )
    const { id } = await shop.draft({ senderIds: senders })
    await shop.start(id)
    const rows = await shop.query<{ contact_id: string; sender_id: string; route_reason: string }>(
      'select contact_id, sender_id, route_reason from recipients where campaign_id = $1 order by sequence',
      [id],
    )
    const sticky = rows.filter((row) => row.route_reason === 'sticky')
    expect(sticky).toEqual([{ contact_id: people[2]?.id, sender_id: senders[1], route_reason: 'sticky' }])
    const others = rows.filter((row) => row.route_reason === 'round_robin').map((row) => row.sender_id)
    expect(new Set(others).size).toBe(2)
  })

  test('refuses without message, sender or anybody to send to, and leaves the draft as it was', async () => {
    const empty = await shop.draft({ templateId: null })
    await expect(shop.start(empty.id)).rejects.toEqual(failsWith('campaign_no_message'))
    const lonely = await shop.draft()
    await expect(shop.start(lonely.id)).rejects.toEqual(failsWith('campaign_no_sender'))
    await shop.addSender()
    await expect(shop.start(lonely.id)).rejects.toEqual(failsWith('campaign_no_recipients'))
    await shop.addContact()
    const unknown = await shop.draft({}, 'Halo {name}, ambil {hadiah}')
    await expect(shop.start(unknown.id)).rejects.toEqual(failsWith('unknown_variable'))
    expect((await shop.get(lonely.id)).status).toBe('draft')
    expect(await shop.query('select 1 from runs where workspace_id = $1', [shop.workspaceId])).toEqual([])
  })

  test('a campaign that has started can no longer be changed', async () => {
    await shop.addSender()
    await shop.addContact()
    const { id } = await shop.draft()
    await shop.start(id)
    const change = shop.campaigns.update(shop.workspaceId, shop.actor, id, { name: 'Lain' })
    await expect(change).rejects.toEqual(failsWith('campaign_not_editable'))
  })
})

describe('references', () => {
  test('ids of another workspace answer like ids that do not exist', async () => {
    const other = await buildShop(core)
    const foreign = await other.addContact()
    const sender = await other.addSender()
    const template = await other.addTemplate('Halo')
    const audience = { include: [{ kind: 'contact' as const, id: foreign.id }], exclude: [] }
    await expect(shop.draft({ audience })).rejects.toEqual(failsWith('not_found'))
    await expect(shop.draft({ senderIds: [sender] as never })).rejects.toEqual(failsWith('not_found'))
    await expect(shop.draft({ templateId: template })).rejects.toEqual(failsWith('not_found'))
    const theirs = await other.draft()
    await expect(shop.get(theirs.id)).rejects.toEqual(failsWith('not_found'))
    await expect(shop.start(theirs.id)).rejects.toEqual(failsWith('not_found'))
  })

  test('a marketing template cannot go out as a service message', async () => {
    const templateId = await shop.addTemplate('Promo!', 'promotion')
    const draft = shop.draft({ purpose: 'service', templateId: templateId })
    await expect(draft).rejects.toEqual(failsWith('validation_failed'))
  })
})

describe('the schedule', () => {
  const at = (hours: number): string =>
    new Date(core.now().getTime() + hours * 3_600_000 + 7 * 3_600_000).toISOString().slice(0, 16)

  test('starts a campaign at its wall-clock time in the chosen zone, with the audience of that moment', async () => {
    await shop.addSender()
    await shop.addContact()
    const { id } = await shop.draft({ schedule: { kind: 'at', at: at(2), timeZone: 'Asia/Jakarta' } })
    const scheduled = await shop.start(id)
    expect(scheduled.status).toBe('scheduled')
    expect(new Date(scheduled.startAt ?? 0).getTime() - core.now().getTime()).toBeLessThanOrEqual(
      2 * 3_600_000,
    )
    await shop.starts.startDue()
    expect((await shop.get(id)).status).toBe('scheduled')
    await shop.addContact()
    await core.clock.advanceBy(2 * 3_600_000)
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'running', figures: { queued: 2 } })
  })

  test('asks when the start was missed by more than an hour, and then starts by hand', async () => {
    await shop.addSender()
    await shop.addContact()
    const { id } = await shop.draft({ schedule: { kind: 'at', at: at(1), timeZone: 'Asia/Jakarta' } })
    await shop.start(id)
    await core.clock.advanceBy(3 * 3_600_000)
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'overdue', statusReason: 'missed' })
    expect((await shop.start(id)).status).toBe('running')
  })

  test('a time in the past is refused, and a scheduled campaign can go back to draft', async () => {
    await shop.addSender()
    await shop.addContact()
    const past = await shop.draft({ schedule: { kind: 'at', at: at(-1), timeZone: 'Asia/Jakarta' } })
    await expect(shop.start(past.id)).rejects.toEqual(failsWith('schedule_in_past'))
    const { id } = await shop.draft({ schedule: { kind: 'at', at: at(5), timeZone: 'Asia/Jakarta' } })
    await shop.start(id)
    expect(await shop.starts.unschedule(shop.workspaceId, shop.actor, id)).toMatchObject({
      status: 'draft',
      startAt: null,
    })
  })
})

describe('control', () => {
  test('cancel stops everybody who was not reached and adds up', async () => {
    await shop.addSender()
    await shop.addContacts(3)
    const { id } = await shop.draft()
    await shop.start(id)
    const cancelled = await shop.control.cancel(shop.workspaceId, shop.actor, id)
    expect(cancelled).toMatchObject({ status: 'cancelled', figures: { total: 3, cancelled: 3, queued: 0 } })
    await shop.expectFiguresToAddUp(id)
    await expect(shop.control.resume(shop.workspaceId, shop.actor, id)).rejects.toEqual(
      failsWith('campaign_wrong_state'),
    )
  })

  test('a ban halts every campaign that uses the sender, and a person goes on', async () => {
    const sender = await shop.addSender()
    await shop.addContacts(2)
    const { id } = await shop.draft()
    await shop.start(id)
    await shop.control.haltSender(shop.workspaceId, { id: sender, name: 'Toko' }, 'sender_banned')
    expect(await shop.get(id)).toMatchObject({ status: 'halted', statusReason: 'sender_banned' })
    expect((await shop.control.resume(shop.workspaceId, shop.actor, id)).status).toBe('running')
  })

  test('people move away from a sender that is gone, except those who talk with it', async () => {
    const senders = [await shop.addSender(), await shop.addSender()]
    const people = await shop.addContacts(4)
    await shop.query(
      `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at) values ($1, $2, $3, $4, now())`,
      [core.newId('cnv'), shop.workspaceId, people[0]?.id, senders[0]],
    )
    const { id } = await shop.draft()
    await shop.start(id)
    await shop.query(`update senders set status = 'offline', status_at = $2 where id = $1`, [
      senders[0],
      core.now(),
    ])
    await shop.control.moveStranded()
    await core.clock.advanceBy(120_000)
    await shop.control.moveStranded()
    const rows = await shop.query<{ sender_id: string; count: number }>(
      'select sender_id, count(*)::int as count from recipients where campaign_id = $1 group by sender_id order by 2',
      [id],
    )
    expect(rows).toEqual([
      { sender_id: senders[0], count: 1 },
      { sender_id: senders[1], count: 3 },
    ])
  })
})

describe('the forecast', () => {
  test('says what the start does: the same people, reasons and samples', async () => {
    await shop.addSender()
    await shop.addContacts(3)
    await shop.addContact({ consent: 'unknown' })
    await shop.addContact({ name: '' })
    const { id } = await shop.draft()
    const forecast = await shop.forecasts.forecast(shop.workspaceId, id, 'id')
    expect(forecast).toMatchObject({ audience: 5, recipients: 3, blockers: [] })
    expect(forecast.skipped).toEqual(
      expect.arrayContaining([
        { reason: 'no_consent', count: 1 },
        { reason: 'missing_variable', count: 1 },
      ]),
    )
    expect(forecast.samples).toHaveLength(3)
    expect(forecast.samples[0]?.text).toMatch(/^Halo Budi Santoso, (promo|diskon) hari ini$/)
    expect(forecast.warnings.map((warning) => warning.code)).toContain('no_opt_out')
    await shop.start(id)
    expect((await shop.get(id)).figures).toMatchObject({ total: 5, queued: 4, skipped: 1 })
  })

  test('names what stands in the way', async () => {
    await shop.addContact()
    const { id } = await shop.draft({ templateId: null })
    const { blockers } = await shop.forecasts.forecast(shop.workspaceId, id, 'en')
    expect(blockers.map((blocker) => blocker.code)).toEqual(['campaign_no_message', 'campaign_no_sender'])
  })
})

describe('the report', () => {
  test('exports one line a recipient and never a formula', async () => {
    await shop.addSender()
    await shop.addContact({ name: '=HYPERLINK("http://x")' })
    await shop.addContacts(2)
    const { id } = await shop.draft()
    await shop.start(id)
    const csv = await text(await shop.reports.exportCsv(shop.workspaceId, shop.actor, id, 'en'))
    const lines = csv.trim().split('\n')
    expect(lines).toHaveLength(4)
    expect(csv).toContain(`'=HYPERLINK`)
    expect(core.audits.map((audit) => audit.action)).toContain('campaign.export')
  })

  test('pages through the log in the order of recipients, in plain words', async () => {
    await shop.addSender()
    await shop.addContacts(3)
    await shop.addContact({ consent: 'unknown' })
    const { id } = await shop.draft()
    await shop.start(id)
    const first = await shop.reports.listRecipients(shop.workspaceId, id, { limit: 3 }, 'en')
    const cursor = first.nextCursor ?? ''
    const second = await shop.reports.listRecipients(shop.workspaceId, id, { limit: 3, cursor }, 'en')
    expect([...first.data, ...second.data].map((row) => row.sequence)).toEqual([1, 2, 3, 4])
    const skipped = await shop.reports.listRecipients(
      shop.workspaceId,
      id,
      { limit: 9, status: 'skipped' },
      'en',
    )
    expect(skipped.data.map((row) => row.reasonText)).toEqual([
      'This contact has not agreed to marketing messages.',
    ])
    const report = await shop.reports.report(shop.workspaceId, id, 'id')
    expect(report.skipped).toEqual([
      { reason: 'no_consent', text: 'Kontak ini belum menyetujui pesan promosi.', count: 1 },
    ])
  })
})
