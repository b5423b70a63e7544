import { refusalActions } from '@siar/domain'
import type { RefusalAction, RefusalReason } from '@siar/domain'
import type { Simulator } from '@siar/simulator'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addManager, buildSendingWorld, createCalmNetwork } from './rig.fixtures.ts'
import type { Rig, SendingWorld } from './rig.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
const minuteMs = 60_000
const hourMs = 60 * minuteMs
let world: SendingWorld
let simulator: Simulator
let rig: Rig
let senderId: string

beforeEach(async () => {
  world = await buildSendingWorld(database)
  simulator = createCalmNetwork()
  senderId = await world.shop.addSender()
  rig = await world.startRig({ simulator, senderId })
})

afterEach(() => world.close())

/** Where the first of three people stands after one refusal; the other two are not concerned. */
interface Recipient {
  readonly status: string
  readonly reason: string | null
  /** From now on; null unless queued. */
  readonly waitMs: number | null
  readonly sameId: boolean
}

interface Case {
  readonly reason: RefusalReason
  readonly recipient: Partial<Recipient>
  /** Of the campaign, once everything is done; `running` where somebody waits. */
  readonly campaign: 'running' | 'completed' | 'halted'
  /** What it means beyond the recipient. */
  readonly beyond?: (campaignId: string) => Promise<unknown>
}

const rows = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  world.shop.query<Row>(text, values)

const haltReason = async (campaignId: string): Promise<string | undefined> =>
  (await world.shop.get(campaignId)).halt?.reason

const cases: Readonly<Record<RefusalAction, Case>> = {
  retry_later: {
    reason: 'service_busy',
    recipient: { status: 'queued', waitMs: minuteMs },
    campaign: 'running',
  },
  settle: {
    reason: 'service_failed',
    recipient: { status: 'queued', waitMs: 5_000, sameId: true },
    campaign: 'running',
  },
  delay_recipient: {
    reason: 'person_too_fast',
    recipient: { status: 'queued', waitMs: 4_000 },
    campaign: 'running',
  },
  cool_recipient: {
    reason: 'healthy_ecosystem',
    recipient: { status: 'queued', waitMs: 24 * hourMs },
    campaign: 'running',
    beyond: async (id) => expect((await world.shop.get(id)).figures.failed).toBe(0),
  },
  drop_recipient: {
    reason: 'not_on_whatsapp',
    recipient: { status: 'refused', reason: 'not_on_whatsapp' },
    campaign: 'completed',
  },
  opt_out: {
    reason: 'opted_out',
    recipient: { status: 'refused', reason: 'opted_out' },
    campaign: 'completed',
    beyond: async () => {
      await waitUntil(
        async () =>
          (await rows('select 1 from suppressions where workspace_id = $1', [world.shop.workspaceId]))
            .length === 1,
      )
      const [day] = await rows<{ opt_outs: number }>(
        'select opt_outs from sender_days where sender_id = $1',
        [senderId],
      )
      expect(day?.opt_outs).toBe(1)
    },
  },
  needs_template: {
    reason: 'window_closed',
    recipient: { status: 'refused', reason: 'window_closed' },
    campaign: 'completed',
  },
  upload_again: {
    reason: 'media_failed',
    recipient: { status: 'queued', reason: 'media_failed', waitMs: 1_000 },
    campaign: 'running',
  },
  slow_sender: {
    reason: 'sender_too_fast',
    recipient: { status: 'queued', waitMs: minuteMs },
    campaign: 'running',
  },
  stop_new_chats: {
    reason: 'new_chats_locked',
    recipient: { status: 'queued', waitMs: 5 * minuteMs },
    campaign: 'running',
    beyond: () =>
      waitUntil(async () => {
        const [row] = await rows<{ until: Date | null }>(
          'select new_chats_locked_until as until from senders where id = $1',
          [senderId],
        )
        return row?.until?.getTime() === world.core.now().getTime() + 24 * hourMs
      }),
  },
  stop_campaign_on_sender: {
    reason: 'spam_limited',
    recipient: { status: 'queued', waitMs: 5 * minuteMs },
    campaign: 'halted',
    beyond: async (id) =>
      expect((await world.shop.get(id)).halt).toMatchObject({ reason: 'guardian', senderId }),
  },
  stop_campaign: {
    reason: 'template_rejected',
    recipient: { status: 'queued', waitMs: 5 * minuteMs },
    campaign: 'halted',
    beyond: async (id) => expect(await haltReason(id)).toBe('template_rejected'),
  },
  stop_sender: {
    reason: 'sender_signed_out',
    recipient: { status: 'queued', waitMs: 5 * minuteMs },
    campaign: 'running',
    beyond: async () => expect(rig.owned.reported).toEqual([{ senderId, state: 'logged_out' }]),
  },
  stop_account: {
    reason: 'account_stopped',
    recipient: { status: 'queued', waitMs: 5 * minuteMs },
    campaign: 'halted',
    beyond: async (id) => expect(await haltReason(id)).toBe('account_stopped'),
  },
  our_fault: {
    reason: 'bad_request',
    recipient: { status: 'refused', reason: 'bad_request' },
    campaign: 'completed',
  },
}

const recipientOf = async (campaignId: string, phone: string): Promise<Recipient> => {
  const [row] = await rows<Omit<Recipient, 'waitMs'> & { due_at: Date | null }>(
    `select status, reason, due_at, message_id is not null and due_at is not null as "sameId"
     from recipients where campaign_id = $1 and address = $2`,
    [campaignId, phone],
  )
  const { due_at, ...rest } = row ?? { status: '', reason: null, due_at: null, sameId: false }
  return { ...rest, waitMs: due_at && due_at.getTime() - world.core.now().getTime() }
}

describe('each refusal is carried out', () => {
  test('and none is forgotten', () => {
    expect(Object.keys(cases).sort()).toEqual([...refusalActions].sort())
  })

  test.each(refusalActions)('%s', async (action) => {
    const { reason, recipient, campaign, beyond } = cases[action]
    const [met] = await world.shop.addContacts(3)
    const phone = met?.phone ?? ''
    await simulator.control.addRule({ to: phone, count: 1, end: { kind: 'refused', reason, action } })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await waitUntil(async () => {
      expect(await recipientOf(id, phone)).toMatchObject(recipient)
      return true
    })
    await world.untilStatus(id, campaign)
    await beyond?.(id)
    await world.shop.expectFiguresToAddUp(id)
  })
})

describe('a refusal that means later', () => {
  const untilSentTo = (phone: string, times: number) =>
    waitUntil(async () => ((await world.framesOf(simulator)).get(phone) ?? 0) === times, {
      what: `${times} frames`,
    })

  test('of a media upload is tried again once, then it counts as failed', async () => {
    const [person] = await world.shop.addContacts(1)
    await simulator.control.addRule({ end: { kind: 'refused', reason: 'media_failed' } })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await untilSentTo(person?.phone ?? '', 1)
    await waitUntil(async () => {
      await world.core.clock.advanceBy(1_000)
      return (await world.shop.get(id)).status === 'completed'
    })
    expect((await world.framesOf(simulator)).get(person?.phone ?? '')).toBe(2)
    await world.untilFigures(id, { failed: 1 })
    await world.shop.expectFiguresToAddUp(id)
  })

  test('and comes late queues the person again under a new id, and is no failure', async () => {
    const [person] = await world.shop.addContacts(1)
    const other = await world.shop.addContact()
    await simulator.control.addRule({
      to: other.phone,
      count: 1,
      end: { kind: 'refused', reason: 'service_busy' },
    })
    await simulator.control.addRule({
      to: person?.phone ?? '',
      count: 1,
      end: { kind: 'refused_late', reason: 'healthy_ecosystem' },
    })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await waitUntil(async () => {
      const late = { status: 'queued', waitMs: 24 * hourMs, sameId: false }
      expect(await recipientOf(id, person?.phone ?? '')).toMatchObject(late)
      return true
    })
    await world.untilFigures(id, { queued: 2, failed: 0, sent: 0 })
    await world.shop.expectFiguresToAddUp(id)
  })
})

describe('a lock on new chats', () => {
  test('outlives the process, lets those who talk with the number through, and ends by itself', async () => {
    const people = await world.shop.addContacts(3)
    await simulator.control.addRule({
      count: 1,
      end: { kind: 'refused', reason: 'new_chats_locked', retryAfterMs: hourMs },
    })
    const first = await world.shop.draft({
      audience: { include: [{ kind: 'contact', id: people[0]?.id ?? '' }], exclude: [] },
    })
    await world.shop.start(first.id)
    await waitUntil(async () => {
      const [row] = await rows<{ locked: boolean }>(
        'select new_chats_locked_until is not null as locked from senders where id = $1',
        [senderId],
      )
      return row?.locked === true
    })
    await rig.kill()
    await rows(
      `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at) values ($1, $2, $3, $4, now())`,
      [world.core.newId('cnv'), world.shop.workspaceId, people[1]?.id, senderId],
    )
    rig = await world.startRig({ simulator, senderId, epoch: 2 })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await world.untilFigures(id, { sent: 1, queued: 2 })
    expect([...(await world.framesOf(simulator)).keys()]).toContain(people[1]?.phone)
    await waitUntil(async () => {
      await world.core.clock.advanceBy(10 * minuteMs)
      return (await world.shop.get(id)).figures.sent === 3
    })
    expect(world.core.now().getTime()).toBeGreaterThanOrEqual(Date.parse('2026-11-20T04:00:00Z'))
  })
})

describe('a limit on one number', () => {
  test('stops the campaign there and lets it go on with its other numbers, then asks a person', async () => {
    const other = await rig.openSender()
    await world.shop.addContacts(6)
    await simulator.control.addRule({ senderId, end: { kind: 'refused', reason: 'spam_limited' } })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await world.untilFigures(id, { sent: 3, queued: 3 })
    await waitUntil(async () => (await world.shop.get(id)).halt !== null)
    const bySender = await rows<{ sender_id: string }>(
      `select distinct sender_id from recipients where campaign_id = $1 and status <> 'queued'`,
      [id],
    )
    expect(bySender).toEqual([{ sender_id: other }])
    for (const { definition } of rig.sending.jobs) await world.core.jobs.add(definition, {})
    await world.core.jobs.drain()
    await world.untilStatus(id, 'halted')
    await simulator.control.clearRules()
    await world.shop.control.resume(world.shop.workspaceId, world.shop.actor, id)
    await waitUntil(async () => {
      await world.core.clock.advanceBy(minuteMs)
      return (await world.shop.get(id)).status === 'completed'
    })
    await world.untilFigures(id, { sent: 6 })
  })
})

describe('a ban', () => {
  test('halts every campaign that uses the number, tells the owner, and moves nobody to another number', async () => {
    const owner = await addManager(world, 'en')
    await rig.openSender()
    await world.shop.addContacts(8)
    await simulator.control.addRule({ senderId, end: { kind: 'refused', reason: 'service_busy' } })
    const drafts = [await world.shop.draft({ name: 'Satu' }), await world.shop.draft({ name: 'Dua' })]
    for (const { id } of drafts) await world.shop.start(id)
    for (const { id } of drafts) await world.untilFigures(id, { sent: 4, queued: 4 })
    const sender = rig.owned.findOwned(senderId)
    if (!sender) throw new Error('not owned')
    await world.shop.query(`update senders set status = 'banned', status_at = $2 where id = $1`, [
      senderId,
      world.core.now(),
    ])
    await rig.sending.onSenderBanned(sender, 'banned')
    for (const { id } of drafts) {
      expect((await world.shop.get(id)).halt).toMatchObject({
        reason: 'sender_banned',
        senderId,
        until: null,
      })
    }
    expect(rig.mails.map(({ to }) => to)).toEqual([owner])
    expect(rig.mails[0]?.content.paragraphs.join(' ')).toMatch(/Satu: .*has banned .*Dua: .*has banned/)
    await world.core.clock.advanceBy(10 * minuteMs)
    await world.shop.control.moveStranded()
    const [row] = await rows<{ waiting: number }>(
      'select count(*)::int as waiting from recipients where sender_id = $1 and due_at is not null',
      [senderId],
    )
    expect(row?.waiting).toBe(8)
  })
})
