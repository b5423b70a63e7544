import type { Experiment } from '@siar/contract'
import type { ShopFixture } from './campaigns.fixtures.ts'

/** An experiment of variants A, B, … with these weights; everybody is in it and a person decides, unless changed. */
export function experimentOf(
  changes: Partial<Experiment> = {},
  weights: readonly number[] = [1, 1],
): Experiment {
  return {
    variants: weights.map((weight, index) => ({
      key: (['A', 'B', 'C', 'D', 'E', 'F'] as const)[index] ?? 'A',
      templateId: null,
      weight,
      delayMinutes: 0,
    })),
    testSharePercent: 100,
    holdoutPercent: 0,
    goal: 'read',
    decide: 'manual',
    decideAfterHours: 24,
    ...changes,
  }
}

let added = 0

/** Adds many people at once who agreed to marketing; every `withdrawnEvery`-th has withdrawn. */
export async function addPeople(shop: ShopFixture, count: number, withdrawnEvery = 0): Promise<void> {
  await shop.query(
    `with added as (
       insert into contacts (id, workspace_id, full_name, marketing_consent)
       select siar_new_id('con'), $1, 'Budi', case when $3 > 0 and n % greatest($3, 1) = 0 then 'withdrawn' else 'granted' end
       from generate_series(1, $2::int) n returning id
     ), numbered as (select id, row_number() over () as n from added)
     insert into addresses (id, workspace_id, contact_id, kind, value, country)
     select siar_new_id('adr'), $1, id, 'phone', '+62813' || lpad((n + $4::int)::text, 8, '0'), 'ID' from numbered`,
    [shop.workspaceId, count, withdrawnEvery, added],
  )
  added += count
}

/** Lets the people of each variant get the message, and this share of each read it, as of an instant. */
export async function answer(
  shop: ShopFixture,
  campaignId: string,
  shares: Readonly<Record<string, number>>,
  at: Date,
): Promise<void> {
  for (const [variant, share] of Object.entries(shares)) {
    await shop.query(
      `with ranked as (
         select id, row_number() over (order by sequence) <= $3::float * count(*) over () as reads
         from recipients where campaign_id = $1 and variant = $2
       )
       update recipients r set status = case when n.reads then 'read' else 'accepted' end, due_at = null,
         accepted_at = coalesce(r.accepted_at, $4),
         read_at = case when n.reads then coalesce(r.read_at, $4) end
       from ranked n where n.id = r.id`,
      [campaignId, variant, share, at],
    )
  }
}
