import { workspace } from '@siar/database'
import type { Database } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import type { PoolClient } from 'pg'
import type { Core } from '../../apps/server/src/core.ts'
import { loadInBulk } from './bulk.ts'
import { names } from './names.ts'

const crowdTables = ['contacts', 'addresses', 'list_members', 'contact_tags', 'suppressions'] as const

export interface Crowd {
  readonly workspaceId: WorkspaceId
  readonly senderIds: readonly string[]
  readonly templateId: string
}

/**
 * A workspace with many people. Of a hundred, 84 agreed, 10 never said, 6 withdrew; 2 are suppressed, 1 is switched off;
 * half belong to the list `lst_…1`, a third to `lst_…2`; every tenth has the tag `tag_…1`, every seventh a city.
 */
export async function insertCrowd(core: Core, people: number): Promise<Crowd> {
  const { database } = core
  const workspaceId = core.newId('ws')
  await database.db.insert(workspace).values({ id: workspaceId, name: 'Bench', slug: workspaceId })
  const senderIds = Array.from({ length: 10 }, () => core.newId('snd') as string)
  for (const id of senderIds) await insertSender(database, workspaceId, id)
  const templateId = core.newId('tpl')
  await database.pool.query(
    `insert into templates (id, workspace_id, name, category, texts, created_by) values ($1, $2, 'Promo', 'marketing', $3, 'bench')`,
    [templateId, workspaceId, JSON.stringify({ id: 'Halo {name}, promo hari ini' })],
  )
  await loadInBulk(database, crowdTables, async (client) => {
    await insertPeople(client, workspaceId, people)
    await insertGroups(client, workspaceId)
  })
  await database.pool.query('select fill_membership_bits()')
  await database.pool.query(`vacuum analyze ${crowdTables.join(', ')}, membership_bits`)
  return { workspaceId, senderIds, templateId }
}

async function insertSender(database: Database, workspaceId: string, id: string): Promise<void> {
  await database.pool.query(
    `insert into senders (id, workspace_id, name, channel, phone, status, wanted, shard, paired_at)
     values ($1, $2, $1, 'simulator', '+628' || lpad((random() * 1e9)::bigint::text, 10, '0'), 'online', true,
       (random() * 255)::int, now())`,
    [id, workspaceId],
  )
}

/** SQL of an id for the number `n`, as Siar makes them: by time first, then by chance. */
const idOf = (prefix: string): string =>
  `'${prefix}_' || lpad(to_hex(1780000000000 + n), 12, '0') || lpad(to_hex(hashint8extended(n, 1) & 9223372036854775807), 20, '0')`

async function insertPeople(client: PoolClient, workspaceId: string, people: number): Promise<void> {
  await client.query(
    `insert into contacts (id, workspace_id, full_name, first_name, language, marketing_consent, active, custom, phones, created_at)
     select ${idOf('con')}, $1, concat_ws(' ', ($3::text[])[1 + n % ${names.first.length}], ($4::text[])[1 + n / 7 % ${names.last.length}], n),
       ($3::text[])[1 + n % ${names.first.length}], 'id',
       case when n % 100 < 84 then 'granted' when n % 100 < 94 then 'unknown' else 'withdrawn' end, n % 100 <> 50,
       case when n % 7 = 0 then jsonb_build_object('kota', 'Kota ' || n % 50) else '{}' end,
       '+628' || lpad(n::text, 10, '0'), now() - (n % 400) * interval '1 day'
     from generate_series(1, $2::int) n`,
    [workspaceId, people, names.first, names.last],
  )
  await client.query(
    `insert into addresses (id, workspace_id, contact_id, kind, value, country)
     select ${idOf('adr')}, $1, ${idOf('con')}, 'phone', '+628' || lpad(n::text, 10, '0'), 'ID'
     from generate_series(1, $2::int) n`,
    [workspaceId, people],
  )
  await client.query(
    `insert into suppressions (id, workspace_id, kind, value, reason, created_by)
     select ${idOf('sup')}, $1, 'phone', '+628' || lpad(n::text, 10, '0'), 'manual', 'bench'
     from generate_series(1, $2::int, 50) n`,
    [workspaceId, people],
  )
}

/** The lists and the tag that a nested rule names. */
export const groups = {
  half: `lst_${'1'.padStart(32, '0')}`,
  third: `lst_${'2'.padStart(32, '0')}`,
  tenth: `tag_${'1'.padStart(32, '0')}`,
} as const

async function insertGroups(client: PoolClient, workspaceId: string): Promise<void> {
  for (const [id, every] of [
    [groups.half, 2],
    [groups.third, 3],
  ] as const) {
    await client.query('insert into lists (id, workspace_id, name) values ($1, $2, $1)', [id, workspaceId])
    await client.query(
      `insert into list_members (workspace_id, list_id, contact_id)
       select $1, $2, id from (select id, row_number() over (order by id) as n from contacts) c where n % $3 = 0`,
      [workspaceId, id, every],
    )
  }
  await client.query('insert into tags (id, workspace_id, name) values ($1, $2, $1)', [
    groups.tenth,
    workspaceId,
  ])
  await client.query(
    `insert into contact_tags (workspace_id, tag_id, contact_id)
     select $1, $2, id from (select id, row_number() over (order by id) as n from contacts) c where n % 10 = 0`,
    [workspaceId, groups.tenth],
  )
}
