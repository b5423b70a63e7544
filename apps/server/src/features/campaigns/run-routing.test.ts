import type { Forecast } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { failsWith } from '../../testing/fails-with.ts'
import { buildActor, createTestCore } from '../../testing/test-core.ts'
import { createPricesService } from '../billing/index.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'

const database = await testDatabase()
const core = createTestCore(database)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
})

const cloudApi = { simulator: { standsFor: 'cloud_api' } }
const addCloud = () => shop.addSender('online', cloudApi)
const price = 41_600

const setRouting = (routing: Record<string, unknown>) =>
  shop.query(
    `update workspaces set settings = settings || jsonb_build_object('routing', $2::jsonb) where id = $1`,
    [
      shop.workspaceId,
      JSON.stringify({ preset: 'official_first', paidMessagesMax: null, paidUsdMinorMax: null, ...routing }),
    ],
  )

const talk = async (contactId: string | undefined, senderId: string, wroteHoursAgo: number | null) => {
  const at = core.now()
  const wroteAt = wroteHoursAgo === null ? null : new Date(at.getTime() - wroteHoursAgo * 3_600_000)
  await shop.query(
    `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, last_incoming_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [core.newId('cnv'), shop.workspaceId, contactId, senderId, wroteAt ?? at, wroteAt],
  )
}

/** The guardian lets senders rest. */
const rest = (senderIds: readonly string[]) =>
  shop.query('update senders set halt = $2 where id = any($1::text[])', [
    senderIds,
    JSON.stringify({
      reason: 'guardian',
      senderId: null,
      senderName: null,
      since: core.now().toISOString(),
      until: null,
      alarm: null,
    }),
  ])

const routesOf = async (campaignId: string): Promise<Record<string, number>> => {
  const rows = await shop.query<{ key: string; count: number }>(
    `select coalesce(sender_id, '-') || ' ' || coalesce(route_reason, reason) as key, count(*)::int as count
     from recipients where campaign_id = $1 group by 1`,
    [campaignId],
  )
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]))
}

const foretell = (id: string): Promise<Forecast> => shop.forecasts.forecast(shop.workspaceId, id, 'en')

describe('the road of each person', () => {
  test('without a charged sender everybody is shared out by turns, to one more or less', async () => {
    const senders = [await shop.addSender(), await shop.addSender(), await shop.addSender()]
    await shop.addContacts(11)
    await shop.addContacts(4, { consent: 'unknown' })
    const { id } = await shop.draft({ senderIds: senders })
    await shop.start(id)
    const counts = await routesOf(id)
    expect(senders.map((sender) => counts[`${sender} round_robin`]).sort()).toEqual([3, 4, 4])
  })

  test('a sender that rests gets nobody new while another can send, keeps its talks, and still carries service messages', async () => {
    const [resting, other] = [await shop.addSender(), await shop.addSender()]
    await rest([resting])
    const [friend] = await shop.addContacts(6)
    await talk(friend?.id, resting, null)
    const { id } = await shop.draft()
    await shop.start(id)
    expect(await routesOf(id)).toEqual({ [`${resting} sticky`]: 1, [`${other} round_robin`]: 5 })
    const service = await shop.draft({ purpose: 'service' })
    await shop.start(service.id)
    const counts = await routesOf(service.id)
    expect((counts[`${resting} round_robin`] ?? 0) + (counts[`${other} round_robin`] ?? 0)).toBe(5)
    expect(counts[`${resting} round_robin`]).toBeGreaterThan(0)
  })

  test('where every sender rests, people wait for them', async () => {
    const senders = [await shop.addSender(), await shop.addSender()]
    await rest(senders)
    await shop.addContacts(4)
    const { id } = await shop.draft()
    await shop.start(id)
    expect(await routesOf(id)).toEqual(
      Object.fromEntries(senders.map((sender) => [`${sender} round_robin`, 2])),
    )
  })

  test('nobody moves to a sender that rests', async () => {
    const [gone, resting] = [await shop.addSender(), await shop.addSender()]
    await shop.addContacts(4)
    const { id } = await shop.draft({ senderIds: [gone, resting] })
    await rest([resting])
    await shop.start(id)
    expect(await routesOf(id)).toEqual({ [`${gone} round_robin`]: 4 })
    await shop.query(`update senders set status = 'offline', status_at = '2026-11-01' where id = $1`, [gone])
    await shop.control.moveStranded()
    expect(await routesOf(id)).toEqual({ [`${gone} round_robin`]: 4 })
  })

  test('open windows are free, talks go on, and the others take paid templates below the limit', async () => {
    const [cloud, own] = [await addCloud(), await shop.addSender()]
    const people = await shop.addContacts(8)
    await talk(people[0]?.id, cloud, 3)
    await talk(people[1]?.id, cloud, 30)
    await talk(people[2]?.id, own, 1)
    await setRouting({ paidMessagesMax: 3 })
    const { id } = await shop.draft()
    await shop.start(id)
    expect(await routesOf(id)).toEqual({
      [`${cloud} open_window`]: 1,
      [`${cloud} sticky`]: 1,
      [`${own} sticky`]: 1,
      [`${cloud} paid_template`]: 2,
      [`${own} paid_limit`]: 3,
    })
  })

  test('cheapest first sends free of charge as long as somebody can', async () => {
    const [cloud, own] = [await addCloud(), await shop.addSender()]
    await shop.addContacts(5)
    await setRouting({ preset: 'cheapest_first' })
    const { id } = await shop.draft()
    await shop.start(id)
    expect(await routesOf(id)).toEqual({ [`${own} own_sender`]: 5 })
    expect(cloud).toBeTruthy()
  })

  test('a budget is shared out at the start, and whoever it does not reach is left out because of it', async () => {
    const cloud = await addCloud()
    await shop.addContacts(5)
    const { id } = await shop.draft({ budget: { amountMinor: 13, currency: 'USD' } })
    const forecast = await foretell(id)
    expect(forecast).toMatchObject({
      recipients: 3,
      skipped: [{ reason: 'budget', count: 2 }],
      cost: { low: { usdMinor: 12 }, likely: { usdMinor: 12 }, high: { usdMinor: 12 } },
    })
    expect(forecast.warnings.map(({ code }) => code)).toContain('budget_short')
    await shop.start(id)
    expect(await routesOf(id)).toEqual({ [`${cloud} paid_template`]: 3, '- budget': 2 })
    const [run] = await shop.query<{ forecast: unknown; budget: unknown }>(
      'select forecast, budget from runs where campaign_id = $1',
      [id],
    )
    expect(run?.budget).toEqual({ amountMinor: 13, currency: 'USD' })
    const foretold = { recipients: 3, skipped: 2, cost: { likely: { idrMinor: 2034, usdMinor: 12 } } }
    expect(run?.forecast).toMatchObject(foretold)
  })

  test('where no price is known it is said, and counts nowhere as a number', async () => {
    await addCloud()
    await shop.addContacts(2)
    await shop.query(`update addresses set country = 'DE' where workspace_id = $1`, [shop.workspaceId])
    const { id } = await shop.draft()
    const forecast = await foretell(id)
    expect(forecast).toMatchObject({ recipients: 2, cost: { low: { usdMinor: 0 } } })
    expect(forecast.warnings.map(({ code }) => code)).toContain('price_unknown')
    const admin = buildActor(core)
    const line = { country: '*', category: 'marketing' as const, effectiveFrom: '2026-01-01' }
    await createPricesService(core).put(admin, { ...line, usdMicros: 100_000 })
    expect((await foretell(id)).cost).toMatchObject({ low: { usdMinor: 20 }, likely: { usdMinor: 20 } })
    await createPricesService(core).remove(admin, line)
  })
})

describe('what cannot start says so beforehand, with the same code', () => {
  const expectBlocked = async (id: string, code: string) => {
    expect((await foretell(id)).blockers.map((blocker) => blocker.code)).toContain(code)
    await expect(shop.start(id)).rejects.toEqual(failsWith(code))
    expect((await shop.get(id)).status).toBe('draft')
  }

  test('weights that are all 0', async () => {
    const [first, second] = [await shop.addSender(), await shop.addSender()]
    await shop.addContact()
    const weights = { [first]: 0, [second]: 0 } as never
    const { id } = await shop.draft({ rotation: 'weighted', weights })
    await expectBlocked(id, 'campaign_weights_zero')
  })

  test('caps of 0 on every sender', async () => {
    await shop.addSender('online', { paced: true, dailyCap: 0 })
    await shop.addSender('online', { paced: true, hourlyCap: 0 })
    await shop.addContact()
    await expectBlocked((await shop.draft()).id, 'sender_caps_zero')
  })

  test('a quota of 0, and one that is used up', async () => {
    const sender = await shop.addSender()
    await shop.addContact()
    const { id } = await shop.draft()
    await shop.query('update workspaces set message_quota = 0 where id = $1', [shop.workspaceId])
    await expectBlocked(id, 'quota_used_up')
    await shop.query('update workspaces set message_quota = 10 where id = $1', [shop.workspaceId])
    await shop.query(
      `insert into sender_days (workspace_id, sender_id, day, accepted) values ($1, $2, '2026-11-01', 9), ($1, $2, '2026-10-31', 5)`,
      [shop.workspaceId, sender],
    )
    expect(await foretell(id)).toMatchObject({
      quota: { limit: 10, used: 9, needed: 1, renewsAt: '2026-11-30T17:00:00.000Z' },
      blockers: [],
    })
    await shop.query(`update sender_days set accepted = 10 where sender_id = $1 and day = '2026-11-01'`, [
      sender,
    ])
    await expectBlocked(id, 'quota_used_up')
  })

  test('a budget of 0 where every road is paid', async () => {
    await addCloud()
    await shop.addContact()
    const { id } = await shop.draft({ budget: { amountMinor: 0, currency: 'IDR' } })
    await expectBlocked(id, 'campaign_budget_spent')
  })

  test('a campaign of nobody', async () => {
    await addCloud()
    await expectBlocked((await shop.draft()).id, 'campaign_no_recipients')
  })

  test('but a budget of 0 lets out what is free', async () => {
    const [cloud, own] = [await addCloud(), await shop.addSender()]
    const [open] = await shop.addContacts(3)
    await talk(open?.id, cloud, 1)
    const { id } = await shop.draft({ budget: { amountMinor: 0, currency: 'IDR' } })
    await shop.start(id)
    expect(await routesOf(id)).toEqual({ [`${cloud} open_window`]: 1, [`${own} paid_limit`]: 2 })
  })
})

describe('weights', () => {
  test('share people out as they say; a sender that is not named weighs 1 and 0 leaves one out', async () => {
    const [three, one, none] = [await shop.addSender(), await shop.addSender(), await shop.addSender()]
    await shop.addContacts(8)
    const weights = { [three]: 3, [none]: 0 } as never
    const { id } = await shop.draft({ rotation: 'weighted', weights })
    await shop.start(id)
    expect(await routesOf(id)).toEqual({ [`${three} weighted`]: 6, [`${one} weighted`]: 2 })
  })

  test('name senders of the workspace only', async () => {
    const unknown = { [core.newId('snd')]: 1 } as never
    await expect(shop.draft({ weights: unknown })).rejects.toEqual(failsWith('not_found'))
  })
})

describe('the forecast', () => {
  const anyShop = fc.record({
    clouds: fc.nat(2),
    owns: fc.integer({ min: 0, max: 2 }),
    people: fc.integer({ min: 1, max: 25 }),
    seed: fc.nat(1_000_000),
    rotation: fc.constantFrom('round_robin' as const, 'weighted' as const, 'least_loaded' as const),
    preset: fc.constantFrom('official_first', 'cheapest_first'),
    paidMessagesMax: fc.option(fc.nat(20), { nil: null }),
    budget: fc.option(fc.nat(100), { nil: null }),
    holdoutPercent: fc.constantFrom(0, 30),
  })

  test('counts people and senders as the freeze does where no cap moves anybody later, over many shops', async () => {
    await fc.assert(
      fc.asyncProperty(anyShop, async (facts) => {
        if (facts.clouds + facts.owns === 0) return
        shop = await buildShop(core)
        const senders: string[] = []
        for (let n = 0; n < facts.clouds; n += 1) senders.push(await addCloud())
        for (let n = 0; n < facts.owns; n += 1) {
          senders.push(await shop.addSender('online', { paced: true, dailyCap: 100 }))
        }
        const people = await shop.addContacts(facts.people)
        await shop.addContacts(3, { consent: 'unknown' })
        const dice = (n: number, sides: number) => Math.floor(facts.seed / 7 ** (n % 7)) % sides
        for (const [n, { id }] of people.entries()) {
          const sender = senders[dice(n, senders.length)] ?? ''
          if (dice(n, 3) === 0) await talk(id, sender, [null, 5, 50][dice(n + 1, 3)] ?? null)
          const country = ['ID', 'ID', 'DE', null][dice(n + 2, 4)]
          await shop.query('update addresses set country = $2 where contact_id = $1', [id, country])
        }
        await setRouting({ preset: facts.preset, paidMessagesMax: facts.paidMessagesMax })
        const experiment = {
          variants: [],
          testSharePercent: 100,
          goal: 'read',
          decide: 'manual',
          decideAfterHours: 24,
        }
        const { id } = await shop.draft({
          rotation: facts.rotation,
          budget: facts.budget === null ? null : { amountMinor: facts.budget, currency: 'USD' },
          experiment: (facts.holdoutPercent > 0
            ? { ...experiment, holdoutPercent: facts.holdoutPercent }
            : null) as never,
        })
        const forecast = await foretell(id)
        if (forecast.blockers.length > 0) {
          await expect(shop.start(id)).rejects.toMatchObject({ code: forecast.blockers[0]?.code })
          return
        }
        await shop.start(id)
        const actual = await shop.query<{ key: string; count: number }>(
          `select coalesce(sender_id, reason) as key, count(*)::int as count from recipients
           where campaign_id = $1 group by 1`,
          [id],
        )
        const foretold = [
          ...forecast.senders.map(({ senderId, recipients }) => [senderId, recipients] as const),
          ...forecast.skipped.map(({ reason, count }) => [reason, count] as const),
        ].filter(([, count]) => count > 0)
        expect(Object.fromEntries(actual.map(({ key, count }) => [key, count]))).toEqual(
          Object.fromEntries(foretold),
        )
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  test('shows how an experiment shares people out', async () => {
    await shop.addSender()
    await shop.addContacts(60)
    const variants = ['A', 'B'].map((key) => ({ key, templateId: null, weight: 1, delayMinutes: 0 }))
    const { id } = await shop.draft({
      experiment: {
        variants,
        testSharePercent: 50,
        holdoutPercent: 20,
        goal: 'read',
        decide: 'manual',
        decideAfterHours: 24,
      } as never,
    })
    const { groups, recipients } = await foretell(id)
    expect(groups.map(({ key }) => key)).toEqual(['holdout', 'A', 'B', 'rest'])
    const people = groups.reduce((sum, group) => sum + group.people, 0)
    expect(people).toBe(60)
    expect(recipients).toBe(60 - (groups[0]?.people ?? 0))
  })
})

test('the price of a marketing template to Indonesia is what the installation begins with', async () => {
  await addCloud()
  await shop.addContact()
  const { id } = await shop.draft()
  const { cost } = await foretell(id)
  expect(cost?.likely).toEqual({ idrMinor: Math.round((price * 16_300) / 1_000_000), usdMinor: 4 })
})
