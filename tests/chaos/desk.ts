import type { Campaign } from '@siar/contract'
import { workspace } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { pino } from 'pino'
import { loadConfig } from '../../apps/server/src/config.ts'
import { systemActor } from '../../apps/server/src/core.ts'
import type { Core } from '../../apps/server/src/core.ts'
import { shardOf } from '../../apps/server/src/features/senders/index.ts'
import { buildCore } from '../../apps/server/src/wiring/build-core.ts'
import { buildServices } from '../../apps/server/src/wiring/build-services.ts'
import type { Services } from '../../apps/server/src/wiring/build-services.ts'
import { atEnd } from './children.ts'
import type { PersonState } from './judge.ts'

export interface CampaignWish {
  readonly people: number
  readonly senderIds: readonly string[]
  /** Null: as fast as the senders can. */
  readonly pacing: { readonly delayMsMin: number; readonly delayMsMax: number } | null
}

/** A person at the dashboard of one workspace, who works on the database beside the Siar that is broken. */
export interface Desk {
  readonly core: Core
  readonly services: Services
  readonly workspaceId: WorkspaceId
  /** Senders that are paired already and wanted. @returns their ids. */
  addSenders(count: number, simulator: Readonly<Record<string, unknown>>): Promise<string[]>
  /** Starts a campaign to people never written to before. @returns its id. */
  startCampaign(wish: CampaignWish): Promise<string>
  isCompleted(campaignId: string): Promise<boolean>
  people(campaignIds: readonly string[]): Promise<PersonState[]>
  /** Figures that do not say what the recipients say, one line each. */
  wrongFigures(campaignIds: readonly string[]): Promise<string[]>
  /** What stands where, for a round that does not end. */
  explain(campaignIds: readonly string[]): Promise<string>
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

const actor = { ...systemActor('chaos'), role: 'owner' as const }

/** Opens the database, brings it up to date and makes the workspace. Closed at the end. */
export async function openDesk(databaseUrl: string, dataDir: string): Promise<Desk> {
  const environment = { DATABASE_URL: databaseUrl, SIAR_DATA_DIR: dataDir, SIAR_DEMO: 'off' }
  const running = await buildCore(loadConfig(environment), pino({ level: 'silent' }))
  atEnd(() => running.close())
  const { core } = running
  const services = buildServices(core)
  const workspaceId = core.newId('ws')
  const settings = { quietHours: { enabled: false, from: '21:00', to: '07:00' } }
  await core.database.db
    .insert(workspace)
    .values({ id: workspaceId, name: 'Kedai Tahan Banting', slug: workspaceId, settings })
  const query = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await core.database.pool.query(text, [...values])).rows as Row[]
  const templateId = core.newId('tpl')
  await query(
    `insert into templates (id, workspace_id, name, category, texts, created_by)
     values ($1, $2, 'Kabar', 'marketing', '{"id": "{Halo|Hai} {name=Kak}, ada kabar baik."}', 'usr')`,
    [templateId, workspaceId],
  )
  const people = createPeople(core, workspaceId, query)
  return {
    core,
    services,
    workspaceId,
    query,
    addSenders: (count, simulator) => addSenders(core, workspaceId, query, count, simulator),
    startCampaign: async ({ people: count, senderIds, pacing }) => {
      const tagId = await people(count)
      const campaign: Campaign = await services.campaigns.create(workspaceId, actor, {
        name: 'Listrik padam',
        purpose: 'marketing',
        templateId,
        variables: {},
        audience: { include: [{ kind: 'tag', id: tagId }], exclude: [] },
        schedule: { kind: 'now' },
        pacing,
        rotation: 'round_robin',
        senderIds: [...senderIds] as never,
        weights: {},
        experiment: null,
        budget: null,
        trackLinks: false,
      })
      await services.start.start(workspaceId, actor, campaign.id)
      return campaign.id
    },
    isCompleted: async (campaignId) => {
      const [row] = await query<{ status: string }>('select status from campaigns where id = $1', [
        campaignId,
      ])
      return row?.status === 'completed'
    },
    people: (campaignIds) =>
      query('select address, status from recipients where campaign_id = any($1::text[])', [campaignIds]),
    wrongFigures: async (campaignIds) => {
      const rows = await query<{ figure: string; counted: number; there: number }>(wrongFigures, [
        campaignIds,
      ])
      return rows.map(({ figure, counted, there }) => `${figure}: ${counted} instead of ${there}`)
    },
    explain: async (campaignIds) => JSON.stringify((await query(explanation, [campaignIds]))[0]),
  }
}

type Query = Desk['query']

const wrongFigures = `
  with counted as (
    select f.figure, sum(f.count)::int as count from run_figures f join runs r on r.id = f.run_id
    where r.campaign_id = any($1::text[]) and f.figure not like '%:%' group by f.figure
  ), there as (
    select case when status in ('claimed', 'dispatching') then 'queued' else status end as figure, count(*)::int as count
    from recipients where campaign_id = any($1::text[]) group by 1
  )
  select figure, coalesce(counted.count, 0) as counted, coalesce(there.count, 0) as there
  from counted full join there using (figure)
  where coalesce(counted.count, 0) <> coalesce(there.count, 0)`

const explanation = `
  select (select json_agg(s) from (select status, count(*) from senders group by status) s) as senders,
    (select json_agg(l) from (select owner, count(*), min(expires_at) > now() as valid from shards group by owner) l) as shards,
    (select json_agg(c) from (select id, status, status_reason from campaigns where id = any($1::text[])) c) as campaigns,
    (select json_agg(r) from (select campaign_id, status, reason, count(*), min(due_at) - now() as due_in from recipients
      where campaign_id = any($1::text[]) group by 1, 2, 3) r) as recipients`

async function addSenders(
  core: Core,
  workspaceId: WorkspaceId,
  query: Query,
  count: number,
  simulator: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => core.newId('snd') as string)
  await query(
    `insert into senders (id, workspace_id, name, channel, status, wanted, shard, settings, phone, paired_at)
     select u.id, $1, 'Toko', 'simulator', 'reconnecting', true, u.shard, $2, '+62895' || (10000000 + u.n), now()
     from unnest($3::text[], $4::smallint[]) with ordinality u(id, shard, n)`,
    [workspaceId, JSON.stringify({ simulator }), ids, ids.map(shardOf)],
  )
  return ids
}

/** Makes people who agreed, each with a number never used before. @returns the tag they carry. */
function createPeople(core: Core, workspaceId: WorkspaceId, query: Query) {
  let phones = 0
  return async (count: number): Promise<string> => {
    const tagId = core.newId('tag') as string
    const contacts = Array.from({ length: count }, () => ({
      id: core.newId('con'),
      addressId: core.newId('adr'),
      phone: `+62812${String((phones += 1)).padStart(8, '0')}`,
    }))
    const ids = contacts.map(({ id }) => id)
    await query('insert into tags (id, workspace_id, name) values ($1, $2, $1)', [tagId, workspaceId])
    await query(
      `insert into contacts (id, workspace_id, full_name, marketing_consent)
       select id, $1, 'Budi Santoso', 'granted' from unnest($2::text[]) id`,
      [workspaceId, ids],
    )
    await query(
      `insert into addresses (id, workspace_id, contact_id, kind, value, country)
       select u.id, $1, u.contact_id, 'phone', u.value, 'ID'
       from unnest($2::text[], $3::text[], $4::text[]) u(id, contact_id, value)`,
      [workspaceId, contacts.map(({ addressId }) => addressId), ids, contacts.map(({ phone }) => phone)],
    )
    await query(
      `insert into contact_tags (workspace_id, tag_id, contact_id) select $1, $2, id from unnest($3::text[]) id`,
      [workspaceId, tagId, ids],
    )
    return tagId
  }
}
