import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { failsWith } from '../../testing/fails-with.ts'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'
import { addPeople, experimentOf } from './experiment.fixtures.ts'
import type { RunExperiment } from './experiment-run.ts'

const database = await testDatabase()
const core = createTestCore(database)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
  await shop.addSender()
})

/** Variants A, B, … with these templates; null for the campaign's own message. */
const withTemplates = (
  templateIds: readonly (string | null)[],
  changes: Parameters<typeof experimentOf>[0] = {},
) => {
  const { variants, ...rest } = experimentOf(
    changes,
    templateIds.map(() => 1),
  )
  return {
    ...rest,
    variants: variants.map((variant, index) => ({ ...variant, templateId: templateIds[index] ?? null })),
  }
}

const runExperimentOf = async (campaignId: string) => {
  const [row] = await shop.query<{ experiment: RunExperiment; text: string }>(
    `select experiment, content->'texts'->>'id' as text from runs where campaign_id = $1`,
    [campaignId],
  )
  if (!row) throw new Error('no run')
  return { own: row.text, texts: row.experiment.variants.map(({ content }) => content?.texts.id ?? null) }
}

describe('the messages of variants', () => {
  test('are frozen at the start; a later change of their template does not reach the run', async () => {
    await addPeople(shop, 10)
    const b = await shop.addTemplate('Versi B')
    const { id } = await shop.draft({ experiment: withTemplates([null, b]) }, 'Versi sendiri')
    await shop.start(id)
    await shop.query(`update templates set texts = '{"id": "lain"}' where id = $1`, [b])
    expect(await runExperimentOf(id)).toEqual({ own: 'Versi sendiri', texts: [null, 'Versi B'] })
  })

  test('do without a message of the campaign when each has its own, and not otherwise', async () => {
    await addPeople(shop, 10)
    const both = [await shop.addTemplate('Versi A'), await shop.addTemplate('Versi B')]
    const { id } = await shop.draft({ templateId: null, experiment: withTemplates(both) })
    await shop.start(id)
    expect(await runExperimentOf(id)).toEqual({ own: 'Versi A', texts: ['Versi A', 'Versi B'] })
    const half = await shop.draft({ templateId: null, experiment: withTemplates([both[0] ?? '', null]) })
    await expect(shop.start(half.id)).rejects.toEqual(failsWith('campaign_no_message'))
  })

  test('are checked like the message itself, and an error names the variant', async () => {
    await addPeople(shop, 10)
    const unknown = await shop.addTemplate('Ambil {hadiah}')
    const broken = await shop.addTemplate('Halo {name')
    const empty = await shop.addTemplate('  ')
    const expected = [
      [unknown, 'unknown_variable', { names: ['hadiah'] }],
      [broken, 'template_invalid', {}],
      [empty, 'variant_no_message', {}],
    ] as const
    for (const [templateId, code, details] of expected) {
      const { id } = await shop.draft({ experiment: withTemplates([null, templateId]) })
      await expect(shop.start(id)).rejects.toEqual(failsWith(code, { ...details, variant: 'B' }))
      expect((await shop.get(id)).status).toBe('draft')
      const { blockers } = await shop.forecasts.forecast(shop.workspaceId, id, 'en')
      expect(blockers).toEqual([{ code, message: expect.stringContaining('(B)') as unknown }])
    }
  })

  test('a template deleted between schedule and start leaves the campaign overdue, with the reason', async () => {
    await addPeople(shop, 10)
    const b = await shop.addTemplate('Versi B')
    const at = new Date(core.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
    const schedule = { kind: 'at' as const, at, timeZone: 'Asia/Jakarta' }
    const { id } = await shop.draft({ schedule, experiment: withTemplates([null, b]) })
    expect((await shop.start(id)).status).toBe('scheduled')
    await shop.query('delete from templates where id = $1', [b])
    await core.clock.advanceBy(61 * 60_000)
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'overdue', statusReason: 'variant_no_message' })
    expect(await shop.query('select 1 from runs where campaign_id = $1', [id])).toEqual([])
    const details = { reason: 'variant_no_message', variant: 'B' }
    expect(core.audits.at(-1)).toMatchObject({ action: 'campaign.overdue', subjectId: id, details })
  })

  test('a marketing template in a service campaign is refused, by the place it stands in', async () => {
    const marketing = await shop.addTemplate('Promo', 'promotion')
    const draft = shop.draft({ purpose: 'service', experiment: withTemplates([null, marketing]) })
    const problems = [expect.objectContaining({ path: 'experiment.variants.1.templateId' }) as unknown]
    await expect(draft).rejects.toEqual(failsWith('validation_failed', { problems }))
    const unknown = shop.draft({ experiment: withTemplates([null, core.newId('tpl')]) })
    await expect(unknown).rejects.toEqual(failsWith('not_found'))
  })
})

describe('the forecast of an experiment', () => {
  test('counts who misses a value in the text of their own group, and nobody who is held out', async () => {
    await addPeople(shop, 400)
    const b = await shop.addTemplate('Halo dari {company}')
    const { id } = await shop.draft(
      { experiment: withTemplates([null, b], { holdoutPercent: 20 }) },
      'Halo {name}',
    )
    const forecast = await shop.forecasts.forecast(shop.workspaceId, id, 'en')
    const people = new Map(forecast.groups.map((group) => [group.key, group.people]))
    expect([...people.values()].reduce((sum, count) => sum + count, 0)).toBe(400)
    const skipped = new Map(forecast.skipped.map(({ reason, count }) => [reason, count]))
    expect(skipped.get('holdout')).toBe(people.get('holdout'))
    expect(skipped.get('missing_variable')).toBe(people.get('B'))
    expect(forecast.recipients).toBe(people.get('A'))
    expect(forecast.samples.map(({ text }) => text)).toEqual(Array(3).fill('Halo Budi'))
    await shop.start(id)
    const frozen = await shop.query<{ key: string; people: number }>(
      'select variant as key, count(*)::int as people from recipients where campaign_id = $1 group by 1',
      [id],
    )
    expect(new Map(frozen.map((group) => [group.key, group.people]))).toEqual(people)
  })
})

describe('the effect of a campaign', () => {
  test('compares who wrote since the start among those sent to and those held out, and says when it is sure', async () => {
    await addPeople(shop, 800)
    const { id } = await shop.draft({ experiment: experimentOf({ holdoutPercent: 50 }, []) })
    await shop.start(id)
    await shop.query(
      `update recipients set status = 'accepted', due_at = null, accepted_at = $2
       where campaign_id = $1 and status = 'queued'`,
      [id, core.now()],
    )
    const wrote = (group: string, share: number, at: Date) =>
      shop.query(
        `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, last_incoming_at)
         select siar_new_id('cnv'), workspace_id, contact_id, 'snd', $4, $4
         from (select *, row_number() over (order by sequence) as n, count(*) over () as all_people
           from recipients where campaign_id = $1 and coalesce(variant, 'sent') = $2) r
         where n <= $3::float * all_people on conflict (workspace_id, contact_id, sender_id)
         do update set last_incoming_at = excluded.last_incoming_at`,
        [id, group, share, at],
      )
    const liftOf = async () => (await shop.reports.report(shop.workspaceId, id, 'en')).experiment?.lift
    await wrote('holdout', 0.9, new Date(core.now().getTime() - 60_000))
    expect(await liftOf()).toMatchObject({ sent: { value: 0 }, held: { value: 0 }, people: 0, isSure: false })
    await wrote('sent', 0.3, core.now())
    await wrote('holdout', 0.1, core.now())
    const lift = await liftOf()
    expect(lift?.sent.value).toBeCloseTo(0.3, 1)
    expect(lift?.held.value).toBeCloseTo(0.1, 1)
    expect(lift?.difference.low).toBeGreaterThan(0.1)
    expect(lift?.isSure).toBe(true)
    const sent = (await shop.get(id)).figures.total / 2
    expect(Math.abs((lift?.people ?? 0) - 0.2 * sent)).toBeLessThan(15)
  })

  test('counts who was dropped at the moment of sending, for money or by a refusal as somebody who was to get it', async () => {
    await addPeople(shop, 200)
    const { id } = await shop.draft({ experiment: experimentOf({ holdoutPercent: 50 }, []) })
    await shop.start(id)
    const chosen = await shop.query<{ id: string }>(
      `select id from recipients where campaign_id = $1 and status = 'queued' order by sequence`,
      [id],
    )
    const become = (from: number, to: number, status: string, reason: string | null) =>
      shop.query(`update recipients set status = $2, reason = $3, due_at = null where id = any($1::text[])`, [
        chosen.slice(from, to).map((row) => row.id),
        status,
        reason,
      ])
    await become(0, 10, 'skipped', 'missing_variable')
    await become(10, 20, 'refused', 'not_on_whatsapp')
    await become(20, 40, 'accepted', null)
    await shop.query(
      `update recipients set sender_id = null, reason = 'budget', status = 'skipped', due_at = null where id = any($1::text[])`,
      [chosen.slice(40, 50).map((row) => row.id)],
    )
    await become(50, 60, 'cancelled', 'cancelled')
    await shop.query(
      `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, last_incoming_at)
       select siar_new_id('cnv'), workspace_id, contact_id, 'snd', $2, $2 from recipients where id = any($1::text[])`,
      [chosen.slice(10, 30).map((row) => row.id), core.now()],
    )
    const { experiment } = await shop.reports.report(shop.workspaceId, id, 'en')
    // 20 of the 50 whose turn has come; neither the cancelled nor those who still wait.
    expect(experiment?.lift?.sent.value).toBeCloseTo(0.4, 5)
  })

  test('is absent without a holdout group', async () => {
    await addPeople(shop, 10)
    const { id } = await shop.draft({ experiment: experimentOf() })
    await shop.start(id)
    const { experiment } = await shop.reports.report(shop.workspaceId, id, 'en')
    expect(experiment).toMatchObject({ lift: null, waiting: 0, state: 'waiting' })
    expect(experiment?.variants.map(({ key, goal }) => [key, goal])).toEqual([
      ['A', null],
      ['B', null],
    ])
  })
})
