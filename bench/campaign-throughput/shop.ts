import { CampaignFields } from '@siar/contract'
import type { Database } from '@siar/database'
import { workspace } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../apps/server/src/core.ts'
import {
  createCampaignsService,
  createCampaignStartService,
} from '../../apps/server/src/features/campaigns/index.ts'

export interface ShopSize {
  readonly recipients: number
  readonly campaigns: number
  readonly senders: number
}

export interface Shop {
  readonly workspaceId: WorkspaceId
  readonly senderIds: readonly string[]
  readonly runIds: readonly string[]
}

const text =
  '{Halo|Hai|Selamat datang} {name}, {ada kabar baik|kami punya promo} di {kota}: {produk} {diskon {persen}%|potongan {persen}%} {hari ini|minggu ini}. Balas STOP untuk berhenti.'

export const benchActor: Actor = {
  kind: 'system',
  id: 'bench',
  name: 'bench',
  role: 'owner',
  permissions: [],
  isPlatformAdmin: false,
}

/** Makes one shop with its people on one list a campaign, and freezes every campaign: all recipients are queued. */
export async function buildShop(core: Core, size: ShopSize): Promise<Shop> {
  const { database } = core
  const workspaceId = core.newId('ws')
  await database.db.insert(workspace).values({ id: workspaceId, name: 'Bench', slug: workspaceId })
  const senderIds = Array.from({ length: size.senders }, () => core.newId('snd') as string)
  for (const id of senderIds) await insertSender(database, workspaceId, id)
  await insertPeople(database, workspaceId, size)
  const templateId = await insertTemplate(core, workspaceId)
  const runIds = await startCampaigns(core, workspaceId, templateId)
  // What autovacuum does within a minute of any load; without it the first seconds plan on empty statistics.
  await database.pool.query(
    'vacuum analyze recipients, contacts, addresses, runs, attempts, messages, receipts',
  )
  await database.pool.query('checkpoint').catch(() => undefined)
  return { workspaceId, senderIds, runIds }
}

/** The message of every campaign, with variables and spintax. */
export async function insertTemplate(core: Core, workspaceId: string): Promise<string> {
  const { pool } = core.database
  const id = core.newId('tpl')
  await pool.query(
    `insert into templates (id, workspace_id, name, category, texts, created_by) values ($1, $2, 'Promo', 'marketing', $3, 'bench')`,
    [id, workspaceId, JSON.stringify({ id: text })],
  )
  await pool.query(
    `insert into custom_fields (id, workspace_id, key, label) values ($1, $2, 'kota', 'Kota')`,
    [core.newId('fld'), workspaceId],
  )
  return id
}

/** The phone of the n-th person, from 1. */
export const phoneOf = (n: number): string => `+628${String(n).padStart(10, '0')}`

async function insertSender(database: Database, workspaceId: string, id: string): Promise<void> {
  await database.pool.query(
    `insert into senders (id, workspace_id, name, channel, phone, status, wanted, shard, settings, paired_at)
     values ($1, $2, $1, 'simulator', '+628' || lpad((random() * 1e9)::bigint::text, 10, '0'), 'online', true,
       (random() * 255)::int, $3, now())`,
    [id, workspaceId, JSON.stringify({ simulator: { latencyMsMin: 0, latencyMsMax: 0 } })],
  )
}

/** Contacts who agreed, each with a phone of `phoneOf`, spread over one list a campaign. */
export async function insertPeople(
  database: Database,
  workspaceId: string,
  size: Pick<ShopSize, 'recipients' | 'campaigns'>,
): Promise<void> {
  await database.pool.query(
    `insert into lists (id, workspace_id, name)
     select 'lst_' || lpad(n::text, 32, '0'), $1, 'List ' || n from generate_series(0, $2::int - 1) n`,
    [workspaceId, size.campaigns],
  )
  await database.pool.query(
    `with people as (
       insert into contacts (id, workspace_id, full_name, first_name, language, marketing_consent, custom)
       select 'con_' || lpad(n::text, 32, '0'), $1, 'Budi Santoso ' || n, 'Budi', 'id', 'granted',
         jsonb_build_object('kota', 'Kota ' || n % 500)
       from generate_series(1, $2::int) n returning id
     ), members as (
       insert into list_members (workspace_id, list_id, contact_id)
       select $1, 'lst_' || lpad((right(id, 9)::int % $3::int)::text, 32, '0'), id from people
     )
     insert into addresses (id, workspace_id, contact_id, kind, value, country)
     select 'adr_' || right(id, 32), $1, id, 'phone', '+628' || lpad(right(id, 9), 10, '0'), 'ID' from people`,
    [workspaceId, size.recipients, size.campaigns],
  )
  await database.pool.query('vacuum analyze contacts, addresses, list_members')
}

/** Starts one campaign for each list. @returns the runs. */
export async function startCampaigns(
  core: Core,
  workspaceId: WorkspaceId,
  templateId: string,
): Promise<string[]> {
  const campaigns = createCampaignsService(core)
  const starts = createCampaignStartService(core)
  const { rows } = await core.database.pool.query<{ id: string }>(
    'select id from lists where workspace_id = $1 order by id',
    [workspaceId],
  )
  for (const { id } of rows) {
    const campaign = await campaigns.create(
      workspaceId,
      benchActor,
      CampaignFields.parse({
        name: `Promo ${id.slice(-3)}`,
        purpose: 'marketing',
        templateId,
        variables: { produk: 'Kopi Gayo', persen: '20' },
        audience: { include: [{ kind: 'list', id }] },
      }),
    )
    await starts.start(workspaceId, benchActor, campaign.id)
  }
  const runs = await core.database.pool.query<{ id: string }>(
    'select id from runs where workspace_id = $1 order by id',
    [workspaceId],
  )
  return runs.rows.map((row) => row.id)
}
