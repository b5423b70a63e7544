import type { Database } from '@siar/database'
import { workspace } from '@siar/database'
import type { Core } from '../../apps/server/src/core.ts'

export interface FleetSize {
  readonly workspaces: number
  readonly senders: number
  readonly campaigns: number
  /** Recipients of one campaign, shared by five senders. */
  readonly recipients: number
}

const settings = {
  quietHours: { enabled: false, from: '21:00', to: '07:00' },
  frequencyCap: { perDay: 0, perWeek: 0, afterUnanswered: 0 },
}

const senderSettings = {
  delayMsMin: 3000,
  delayMsMax: 6000,
  hourlyCap: 1_000_000,
  dailyCap: 1_000_000,
  warmUp: false,
  paced: true,
  simulator: { latencyMsMin: 0, latencyMsMax: 0 },
}

const content = {
  templateId: 'tpl_bench',
  templateName: 'Promo',
  texts: { id: '{Halo|Hai} {name}, {ada promo|kabar baik} hari ini. Balas STOP untuk berhenti.' },
  footer: '',
  media: null,
  variables: {},
  customKeys: [],
  language: 'id',
}

/** Fills workspaces with linked senders and running campaigns whose people are all due. */
export async function insertFleet(core: Core, size: FleetSize): Promise<string[]> {
  const senderIds: string[] = []
  for (let index = 0; index < size.workspaces; index += 1) {
    senderIds.push(...(await insertWorkspace(core, size, index)))
  }
  await core.database.pool.query('vacuum analyze recipients, contacts, addresses, runs, campaigns, senders')
  return senderIds
}

async function insertWorkspace(core: Core, size: FleetSize, index: number): Promise<string[]> {
  const { database } = core
  const id = core.newId('ws')
  await database.db.insert(workspace).values({ id, name: 'Bench', slug: id, settings })
  const senderIds = Array.from(
    { length: Math.round(size.senders / size.workspaces) },
    () => core.newId('snd') as string,
  )
  await database.pool.query(
    `insert into senders (id, workspace_id, name, channel, phone, status, wanted, shard, settings, paired_at)
     select s, $1, s, 'simulator', '+628' || lpad((random() * 1e9)::bigint::text, 10, '0'), 'online', true,
       (random() * 255)::int, $3, now() from unnest($2::text[]) s`,
    [id, senderIds, JSON.stringify(senderSettings)],
  )
  const people = size.recipients * 100
  await insertPeople(database, id, index * people, people)
  await insertCampaigns(database, id, senderIds, size, index, people)
  return senderIds
}

async function insertPeople(database: Database, id: string, first: number, people: number): Promise<void> {
  await database.pool.query(
    `insert into contacts (id, workspace_id, full_name, first_name, language, marketing_consent)
     select 'con_' || lpad(n::text, 32, '0'), $1, 'Budi Santoso ' || n, 'Budi', 'id', 'granted'
     from generate_series($2::int, $3::int) n`,
    [id, first + 1, first + people],
  )
  await database.pool.query(
    `insert into addresses (id, workspace_id, contact_id, kind, value, country)
     select 'adr_' || lpad(n::text, 32, '0'), $1, 'con_' || lpad(n::text, 32, '0'), 'phone',
       '+628' || lpad(n::text, 10, '0'), 'ID' from generate_series($2::int, $3::int) n`,
    [id, first + 1, first + people],
  )
}

async function insertCampaigns(
  database: Database,
  id: string,
  senderIds: readonly string[],
  size: FleetSize,
  index: number,
  people: number,
): Promise<void> {
  const count = Math.round(size.campaigns / size.workspaces)
  const first = index * count
  const key = `lpad(n::text, 32, '0')`
  await database.pool.query(
    `insert into campaigns (id, workspace_id, name, purpose, status, current_run_id, created_by, started_at)
     select 'cmp_' || ${key}, $1, 'Promo ' || n, 'marketing', 'running', 'run_' || ${key}, 'bench', now()
     from generate_series($2::int, $3::int) n`,
    [id, first, first + count - 1],
  )
  await database.pool.query(
    `insert into runs (id, workspace_id, campaign_id, number, status, purpose, content, seed, recipients, created_by)
     select 'run_' || ${key}, $1, 'cmp_' || ${key}, 1, 'running', 'marketing', $4, 'seed', $5, 'bench'
     from generate_series($2::int, $3::int) n`,
    [id, first, first + count - 1, JSON.stringify(content), size.recipients],
  )
  await database.pool.query(
    `insert into run_figures (workspace_id, run_id, figure, count)
     select $1, 'run_' || ${key}, 'queued', $4 from generate_series($2::int, $3::int) n`,
    [id, first, first + count - 1, size.recipients],
  )
  await database.pool.query(
    `insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, sender_id,
       route_reason, due_at, updated_at)
     select 'rcp_' || lpad((n * 1000 + s)::text, 32, '0'), $1, 'cmp_' || ${key}, 'run_' || ${key},
       'con_' || lpad((p.first + 1)::text, 32, '0'), s, '+628' || lpad((p.first + 1)::text, 10, '0'), 'queued',
       ($5::text[])[(n * 5 + s % 5) % cardinality($5::text[]) + 1], 'round_robin', now(), now()
     from generate_series($2::int, $3::int) n, generate_series(1, $4::int) s,
       lateral (select $6::int + (n * $4::int + s) % $7::int as first) p`,
    [id, first, first + count - 1, size.recipients, [...senderIds], index * people, people],
  )
}
