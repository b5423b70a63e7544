import { refusalActions } from '@siar/domain'
import type { RefusalAction, RefusalReason } from '@siar/domain'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { describe, expect, test } from 'vitest'
import { addManager, stageRunningSender } from './rig.fixtures.ts'

const stage = stageRunningSender(await testDatabase({ poolMax: 12 }))
const minuteMs = 60_000
const hourMs = 60 * minuteMs

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
  stage.shop.query<Row>(text, values)

const haltReason = async (campaignId: string): Promise<string | undefined> =>
  (await stage.shop.get(campaignId)).halt?.reason

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
    beyond: async (id) => expect((await stage.shop.get(id)).figures.failed).toBe(0),
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
          (await rows('select 1 from suppressions where workspace_id = $1', [stage.shop.workspaceId]))
            .length === 1,
      )
      const [day] = await rows<{ opt_outs: number }>(
        'select opt_outs from sender_days where sender_id = $1',
        [stage.senderId],
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
          [stage.senderId],
        )
        return row?.until?.getTime() === stage.world.core.now().getTime() + 24 * hourMs
      }),
  },
  stop_campaign_on_sender: {
    reason: 'spam_limited',
    recipient: { status: 'queued', waitMs: 5 * minuteMs },
    campaign: 'halted',
    beyond: async (id) =>
      expect((await stage.shop.get(id)).halt).toMatchObject({ reason: 'guardian', senderId: stage.senderId }),
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
    beyond: async () =>
      expect(stage.rig.owned.reported).toEqual([{ senderId: stage.senderId, state: 'logged_out' }]),
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
  return { ...rest, waitMs: due_at && due_at.getTime() - stage.world.core.now().getTime() }
}

describe('each refusal is carried out', () => {
  test('and none is forgotten', () => {
    expect(Object.keys(cases).sort()).toEqual([...refusalActions].sort())
  })

  test.each(refusalActions)('%s', async (action) => {
    const { reason, recipient, campaign, beyond } = cases[action]
    const [met] = await stage.shop.addContacts(3)
    const phone = met?.phone ?? ''
    await stage.simulator.control.addRule({ to: phone, count: 1, end: { kind: 'refused', reason, action } })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await waitUntil(async () => {
      expect(await recipientOf(id, phone)).toMatchObject(recipient)
      return true
    })
    await stage.world.untilStatus(id, campaign)
    await beyond?.(id)
    await stage.shop.expectFiguresToAddUp(id)
  })
})

describe('a refusal that means later', () => {
  const untilSentTo = (phone: string, times: number) =>
    waitUntil(async () => ((await stage.world.framesOf(stage.simulator)).get(phone) ?? 0) === times, {
      what: `${times} frames`,
    })

  test('of a media upload is tried again once, then it counts as failed', async () => {
    const [person] = await stage.shop.addContacts(1)
    await stage.simulator.control.addRule({ end: { kind: 'refused', reason: 'media_failed' } })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await untilSentTo(person?.phone ?? '', 1)
    await waitUntil(async () => {
      await stage.world.core.clock.advanceBy(1_000)
      return (await stage.shop.get(id)).status === 'completed'
    })
    expect((await stage.world.framesOf(stage.simulator)).get(person?.phone ?? '')).toBe(2)
    await stage.world.untilFigures(id, { failed: 1 })
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('and comes late queues the person again under a new id, and is no failure', async () => {
    const [person] = await stage.shop.addContacts(1)
    const other = await stage.shop.addContact()
    await stage.simulator.control.addRule({
      to: other.phone,
      count: 1,
      end: { kind: 'refused', reason: 'service_busy' },
    })
    await stage.simulator.control.addRule({
      to: person?.phone ?? '',
      count: 1,
      end: { kind: 'refused_late', reason: 'healthy_ecosystem' },
    })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await waitUntil(async () => {
      const late = { status: 'queued', waitMs: 24 * hourMs, sameId: false }
      expect(await recipientOf(id, person?.phone ?? '')).toMatchObject(late)
      return true
    })
    await stage.world.untilFigures(id, { queued: 2, failed: 0, sent: 0 })
    await stage.shop.expectFiguresToAddUp(id)
  })
})

describe('a lock on new chats', () => {
  test('outlives the process, lets those who talk with the number through, and ends by itself', async () => {
    const people = await stage.shop.addContacts(3)
    await stage.simulator.control.addRule({
      count: 1,
      end: { kind: 'refused', reason: 'new_chats_locked', retryAfterMs: hourMs },
    })
    const first = await stage.shop.draft({
      audience: { include: [{ kind: 'contact', id: people[0]?.id ?? '' }], exclude: [] },
    })
    await stage.shop.start(first.id)
    await waitUntil(async () => {
      const [row] = await rows<{ locked: boolean }>(
        'select new_chats_locked_until is not null as locked from senders where id = $1',
        [stage.senderId],
      )
      return row?.locked === true
    })
    await stage.rig.kill()
    await rows(
      `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at) values ($1, $2, $3, $4, now())`,
      [stage.world.core.newId('cnv'), stage.shop.workspaceId, people[1]?.id, stage.senderId],
    )
    await stage.startRig(stage.simulator, { epoch: 2 })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { sent: 1, queued: 2 })
    expect([...(await stage.world.framesOf(stage.simulator)).keys()]).toContain(people[1]?.phone)
    await waitUntil(async () => {
      await stage.world.core.clock.advanceBy(10 * minuteMs)
      return (await stage.shop.get(id)).figures.sent === 3
    })
    expect(stage.world.core.now().getTime()).toBeGreaterThanOrEqual(Date.parse('2026-11-20T04:00:00Z'))
  })
})

describe('a limit on one number', () => {
  test('stops the campaign there and lets it go on with its other numbers, then asks a person', async () => {
    const other = await stage.rig.openSender()
    await stage.shop.addContacts(6)
    await stage.simulator.control.addRule({
      senderId: stage.senderId,
      end: { kind: 'refused', reason: 'spam_limited' },
    })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { sent: 3, queued: 3 })
    await waitUntil(async () => (await stage.shop.get(id)).halt !== null)
    const bySender = await rows<{ sender_id: string }>(
      `select distinct sender_id from recipients where campaign_id = $1 and status <> 'queued'`,
      [id],
    )
    expect(bySender).toEqual([{ sender_id: other }])
    for (const { definition } of stage.rig.sending.jobs) await stage.world.core.jobs.add(definition, {})
    await stage.world.core.jobs.drain()
    await stage.world.untilStatus(id, 'halted')
    await stage.simulator.control.clearRules()
    await stage.shop.control.resume(stage.shop.workspaceId, stage.shop.actor, id)
    await waitUntil(async () => {
      await stage.world.core.clock.advanceBy(minuteMs)
      return (await stage.shop.get(id)).status === 'completed'
    })
    await stage.world.untilFigures(id, { sent: 6 })
  })
})

describe('a ban', () => {
  test('halts every campaign that uses the number, tells the owner, and moves nobody to another number', async () => {
    const owner = await addManager(stage.world, 'en')
    await stage.rig.openSender()
    await stage.shop.addContacts(8)
    await stage.simulator.control.addRule({
      senderId: stage.senderId,
      end: { kind: 'refused', reason: 'service_busy' },
    })
    const drafts = [await stage.shop.draft({ name: 'Satu' }), await stage.shop.draft({ name: 'Dua' })]
    for (const { id } of drafts) await stage.shop.start(id)
    for (const { id } of drafts) await stage.world.untilFigures(id, { sent: 4, queued: 4 })
    const sender = stage.rig.owned.findOwned(stage.senderId)
    if (!sender) throw new Error('not owned')
    await stage.shop.query(`update senders set status = 'banned', status_at = $2 where id = $1`, [
      stage.senderId,
      stage.world.core.now(),
    ])
    await stage.rig.sending.onSenderBanned(sender, 'banned')
    for (const { id } of drafts) {
      expect((await stage.shop.get(id)).halt).toMatchObject({
        reason: 'sender_banned',
        senderId: stage.senderId,
        until: null,
      })
    }
    expect(stage.rig.mails.map(({ to }) => to)).toEqual([owner])
    const told = stage.rig.mails[0]?.content.paragraphs.join(' ')
    for (const name of ['Satu', 'Dua']) expect(told).toContain(`${name}: Toko: WhatsApp has banned`)
    await stage.world.core.clock.advanceBy(10 * minuteMs)
    await stage.shop.control.moveStranded()
    const [row] = await rows<{ waiting: number }>(
      'select count(*)::int as waiting from recipients where sender_id = $1 and due_at is not null',
      [stage.senderId],
    )
    expect(row?.waiting).toBe(8)
  })
})
