import { experimentGroups, groupOf, hashText, winnerAwaitedForHours } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { failsWith } from '../../testing/fails-with.ts'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'
import { addPeople, experimentOf } from './experiment.fixtures.ts'

const database = await testDatabase()
const core = createTestCore(database)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
  await shop.addSender()
})

interface Row {
  readonly contact_id: string
  readonly status: string
  readonly reason: string | null
  readonly variant: string | null
  readonly due_at: Date | null
}
const rowsOf = (campaignId: string): Promise<Row[]> =>
  shop.query<Row>(
    'select contact_id, status, reason, variant, due_at from recipients where campaign_id = $1 order by sequence',
    [campaignId],
  )

test('the database and the domain give every text the same number', async () => {
  const texts = fc
    .sample(fc.string({ unit: 'binary', maxLength: 60 }), 2_000)
    .filter((text) => !text.includes('\0'))
  const rows = await shop.query<{ number: number }>(
    'select hashtext(t)::bigint & 4294967295 as number from unnest($1::text[]) with ordinality u(t, n) order by n',
    [texts],
  )
  expect(rows.map(({ number }) => Number(number))).toEqual(texts.map((text) => hashText(text)))
})

describe('the freeze', () => {
  test('puts thousands of people in the groups the domain names, and marks those who are held out', async () => {
    await addPeople(shop, 4000, 50)
    const experiment = experimentOf({ testSharePercent: 30, holdoutPercent: 10 }, [3, 1, 2])
    const { id } = await shop.draft({ experiment })
    await shop.start(id)
    const groups = experimentGroups(experiment)
    const rows = await rowsOf(id)
    expect(rows).toHaveLength(4000)
    const withdrawn = rows.filter((row) => row.reason === 'consent_withdrawn')
    expect(withdrawn).toHaveLength(80)
    expect(withdrawn.every((row) => row.variant === null)).toBe(true)
    const chosen = rows.filter((row) => row.reason !== 'consent_withdrawn')
    expect(chosen.map((row) => row.variant)).toEqual(chosen.map((row) => groupOf(groups, id, row.contact_id)))
    for (const row of chosen) {
      const isHeld = row.variant === 'holdout'
      expect([row.status, row.reason]).toEqual(isHeld ? ['skipped', 'holdout'] : ['queued', null])
      const waits = core.now().getTime() + (row.variant === null ? winnerAwaitedForHours * 3_600_000 : 0)
      expect(row.due_at?.getTime()).toBe(isHeld ? undefined : waits)
    }
    await shop.expectFiguresToAddUp(id)
  })

  test('a variant of another time is due that much later', async () => {
    await shop.addContacts(20)
    const experiment = experimentOf()
    experiment.variants[1] = { key: 'B', templateId: null, weight: 1, delayMinutes: 90 }
    const { id } = await shop.draft({ experiment })
    await shop.start(id)
    const now = core.now().getTime()
    for (const row of await rowsOf(id)) {
      expect(row.due_at?.getTime()).toBe(row.variant === 'A' ? now : now + 90 * 60_000)
    }
  })

  test('a holdout alone leaves the others with the message of the campaign, at once', async () => {
    await shop.addContacts(40)
    const { id } = await shop.draft({ experiment: experimentOf({ holdoutPercent: 50 }, []) })
    await shop.start(id)
    const rows = await rowsOf(id)
    expect(new Set(rows.map((row) => row.variant))).toEqual(new Set(['holdout', null]))
    const others = rows.filter((row) => row.variant === null)
    expect(others.every((row) => row.due_at?.getTime() === core.now().getTime())).toBe(true)
  })

  test('a test that would reach nobody does not start, and the draft stays as it was', async () => {
    const people = await shop.addContacts(20)
    const experiment = experimentOf({ testSharePercent: 1 })
    const { id } = await shop.draft({ experiment })
    const groups = experimentGroups(experiment)
    const waiting = people.filter((person) => groupOf(groups, id, person.id) === null)
    const include = waiting.map((person) => ({ kind: 'contact' as const, id: person.id }))
    await shop.campaigns.update(shop.workspaceId, shop.actor, id, { audience: { include, exclude: [] } })
    await expect(shop.start(id)).rejects.toEqual(failsWith('experiment_too_small'))
    expect((await shop.get(id)).status).toBe('draft')
    await shop.campaigns.update(shop.workspaceId, shop.actor, id, { audience: { include: [], exclude: [] } })
    await expect(shop.start(id)).rejects.toEqual(failsWith('campaign_no_recipients'))
  })
})
