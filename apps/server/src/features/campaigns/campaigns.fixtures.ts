import type { Campaign } from '@siar/contract'
import { runFigures } from '@siar/domain'
import type { WorkspaceId } from '@siar/domain'
import { expect } from 'vitest'
import { buildActor, buildWorkspace } from '../../testing/test-core.ts'
import type { TestCore } from '../../testing/test-core.ts'
import {
  createCampaignControlService,
  createCampaignReportService,
  createCampaignRunsService,
  createCampaignsService,
  createCampaignStartService,
  createForecastService,
} from './index.ts'

type Draft = Parameters<ReturnType<typeof createCampaignsService>['create']>[2]

export interface PeopleOptions {
  readonly consent?: 'granted' | 'withdrawn' | 'unknown'
  readonly active?: boolean
  readonly withAddress?: boolean
  readonly name?: string
}

/** One workspace with everything a campaign needs, and the services as a person uses them. */
export async function buildShop(core: TestCore, settings: Record<string, unknown> = {}) {
  const { pool } = core.database
  const quiet = { quietHours: { enabled: false, from: '21:00', to: '07:00' } }
  const workspaceId: WorkspaceId = await buildWorkspace(core, { settings: { ...quiet, ...settings } })
  const actor = buildActor(core)
  const campaigns = createCampaignsService(core)
  const starts = createCampaignStartService(core)
  const control = createCampaignControlService(core)
  let phones = 0

  const addContact = async (options: PeopleOptions = {}) => {
    const { consent = 'granted', active = true, withAddress = true, name = 'Budi Santoso' } = options
    const id = core.newId('con')
    const phone = `+62812${String((phones += 1)).padStart(8, '0')}`
    await pool.query(
      `insert into contacts (id, workspace_id, full_name, marketing_consent, active) values ($1, $2, $3, $4, $5)`,
      [id, workspaceId, name, consent, active],
    )
    if (withAddress) {
      await pool.query(
        `insert into addresses (id, workspace_id, contact_id, kind, value, country) values ($1, $2, $3, 'phone', $4, 'ID')`,
        [core.newId('adr'), workspaceId, id, phone],
      )
    }
    return { id, phone }
  }
  const addContacts = async (count: number, options: PeopleOptions = {}) => {
    const added: { id: string; phone: string }[] = []
    for (let index = 0; index < count; index += 1) added.push(await addContact(options))
    return added
  }
  const addSender = async (status = 'online', sendersSettings: Record<string, unknown> = {}) => {
    const id = core.newId('snd')
    await pool.query(
      `insert into senders (id, workspace_id, name, channel, status, shard, settings, paired_at)
       values ($1, $2, 'Toko', 'simulator', $3, 0, $4, now())`,
      [id, workspaceId, status, JSON.stringify(sendersSettings)],
    )
    return id as string
  }
  const addTemplate = async (text: string, category = 'marketing') => {
    const id = core.newId('tpl')
    await pool.query(
      `insert into templates (id, workspace_id, name, category, texts, created_by) values ($1, $2, $1, $3, $4, 'usr')`,
      [id, workspaceId, category, JSON.stringify({ id: text })],
    )
    return id as string
  }
  const draft = async (
    changes: Partial<Draft> = {},
    text = 'Halo {name}, {promo|diskon} hari ini',
  ): Promise<Campaign> => {
    const category = changes.purpose === 'service' ? 'service' : 'marketing'
    return campaigns.create(workspaceId, actor, {
      name: 'Promo',
      purpose: 'marketing',
      templateId: changes.templateId === undefined ? await addTemplate(text, category) : changes.templateId,
      variables: {},
      audience: { include: [{ kind: 'everyone' }], exclude: [] },
      schedule: { kind: 'now' },
      pacing: null,
      rotation: 'round_robin',
      senderIds: [],
      weights: {},
      experiment: null,
      budget: null,
      trackLinks: false,
      ...changes,
    })
  }
  const query = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await pool.query(text, values)).rows as Row[]
  const statuses = async (campaignId: string): Promise<Record<string, number>> => {
    const rows = await query<{ status: string; count: number }>(
      'select status, count(*)::int as count from recipients where campaign_id = $1 group by status',
      [campaignId],
    )
    return Object.fromEntries(rows.map((row) => [row.status, row.count]))
  }
  const reasons = async (campaignId: string): Promise<Record<string, number>> => {
    const rows = await query<{ reason: string; count: number }>(
      `select reason, count(*)::int as count from recipients
       where campaign_id = $1 and reason is not null group by reason`,
      [campaignId],
    )
    return Object.fromEntries(rows.map((row) => [row.reason, row.count]))
  }
  return {
    workspaceId,
    actor,
    campaigns,
    starts,
    control,
    forecasts: createForecastService(core),
    reports: createCampaignReportService(core),
    runs: createCampaignRunsService(core),
    addContact,
    addContacts,
    addSender,
    addTemplate,
    draft,
    query,
    statuses,
    reasons,
    start: (id: string) => starts.start(workspaceId, actor, id),
    get: (id: string) => campaigns.get(workspaceId, id),
    /** The counters say exactly what the recipients say. */
    expectFiguresToAddUp: async (campaignId: string): Promise<void> => {
      const [both] = await query<{ counted: Record<string, number>; there: Record<string, number> }>(
        `select coalesce((select json_object_agg(f.figure, f.count) from run_figures f
             join runs r on r.id = f.run_id where r.campaign_id = $1 and f.count <> 0 and f.figure <> all($2::text[])), '{}') as counted,
           coalesce((select json_object_agg(x.figure, x.count) from (
             select case when status in ('claimed', 'dispatching') then 'queued' else status end as figure,
               count(*) as count from recipients where campaign_id = $1 group by 1
             union all
             select status || ':' || reason, count(*) from recipients
             where campaign_id = $1 and status in ('skipped', 'refused') group by 1
             union all
             select 'clicked', count(*) from recipients where campaign_id = $1 and clicked_at is not null
             having count(*) > 0) x), '{}') as there`,
        [campaignId, runFigures.filter((figure) => figure !== 'clicked')],
      )
      expect(both?.counted).toEqual(both?.there)
    },
  }
}

export type ShopFixture = Awaited<ReturnType<typeof buildShop>>
