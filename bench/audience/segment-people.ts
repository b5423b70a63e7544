import { workspace } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../apps/server/src/core.ts'

/** A workspace with many people and a past: what a nested rule asks about. */
export interface SegmentCrowd {
  readonly workspaceId: WorkspaceId
  readonly listId: string
  readonly tagId: string
  readonly otherTagId: string
  readonly cityFieldId: string
  readonly campaignId: string
}

const idOf = (prefix: string, number: number) => `${prefix}_${String(number).padStart(32, '0')}`

/** Set-based, without the triggers that would touch each person a second time; what they derive is given along. */
const statements = [
  `insert into contacts (id, workspace_id, full_name, first_name, language, company, marketing_consent, active, custom,
     phones, source, last_contacted_at, created_at)
   select 'con_' || md5(n::text), $1, 'Budi Santoso ' || n, 'Budi', case when n % 5 = 0 then 'en' else 'id' end,
     case when n % 9 = 0 then 'Toko ' || n % 900 end,
     case when n % 100 < 84 then 'granted' when n % 100 < 94 then 'unknown' else 'withdrawn' end, n % 100 <> 50,
     case when n % 7 = 0 then jsonb_build_object('kota', 'Kota ' || n % 50) else '{}' end,
     '+628' || lpad(n::text, 10, '0'), case when n % 3 = 0 then 'manual' else 'import' end,
     case when n % 4 <> 0 then now() - (n % 90) * interval '1 day' end, now() - (n % 400) * interval '1 day'
   from generate_series(1, $2::int) n`,
  `insert into addresses (id, workspace_id, contact_id, kind, value, country)
   select 'adr_' || md5(n::text), $1, 'con_' || md5(n::text), 'phone', '+628' || lpad(n::text, 10, '0'), 'ID'
   from generate_series(1, $2::int) n where $1::text is not null`,
  `insert into suppressions (id, workspace_id, kind, value, reason, created_by)
   select 'sup_' || md5(n::text), $1, 'phone', '+628' || lpad(n::text, 10, '0'), 'manual', 'bench'
   from generate_series(1, $2::int, 50) n`,
  `insert into lists (id, workspace_id, name) select '${idOf('lst', 1)}', $1, 'Half' where $2::int > 0`,
  `insert into tags (id, workspace_id, name)
   select 'tag_' || lpad(n::text, 32, '0'), $1, 'Tag ' || n from generate_series(1, 2) n where $2::int > 0`,
  `insert into list_members (workspace_id, list_id, contact_id)
   select $1, '${idOf('lst', 1)}', 'con_' || md5(n::text) from generate_series(2, $2::int, 2) n`,
  `insert into contact_tags (workspace_id, tag_id, contact_id)
   select $1, '${idOf('tag', 1)}', 'con_' || md5(n::text) from generate_series(10, $2::int, 10) n
   union all
   select $1, '${idOf('tag', 2)}', 'con_' || md5(n::text) from generate_series(3, $2::int, 3) n`,
  `insert into custom_fields (id, workspace_id, key, label, type)
   select '${idOf('fld', 1)}', $1, 'kota', 'Kota', 'text' where $2::int > 0`,
  `insert into campaigns (id, workspace_id, name, purpose, status, current_run_id, created_by)
   select '${idOf('cmp', 1)}', $1, 'Promo', 'marketing', 'completed', '${idOf('run', 1)}', 'bench' where $2::int > 0`,
  `insert into runs (id, workspace_id, campaign_id, number, status, purpose, content, seed, recipients, created_by,
     started_at, finished_at)
   select '${idOf('run', 1)}', $1, '${idOf('cmp', 1)}', 1, 'completed', 'marketing', '{}', 'bench', $2::int, 'bench',
     now() - interval '10 days', now() - interval '9 days'`,
  `insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, accepted_at,
     delivered_at, read_at, replied_at)
   select 'rcp_' || md5(n::text), $1, '${idOf('cmp', 1)}', '${idOf('run', 1)}', 'con_' || md5(n::text), n,
     '+628' || lpad(n::text, 10, '0'), case when n % 3 = 0 then 'delivered' when n % 20 = 1 then 'replied' else 'read' end,
     now() - interval '10 days', now() - interval '10 days',
     case when n % 3 <> 0 then now() - interval '9 days' end,
     case when n % 20 = 1 and n % 3 <> 0 then now() - interval '8 days' end
   from generate_series(1, $2::int) n`,
]

const tables = [
  'contacts',
  'addresses',
  'suppressions',
  'lists',
  'tags',
  'list_members',
  'contact_tags',
  'membership_bits',
  'campaigns',
  'runs',
  'recipients',
]

/** Of a hundred people 84 agreed, 50 are in a list, 10 and 33 have a tag; each was sent one message, two of three read it. */
export async function insertSegmentCrowd(core: Core, people: number): Promise<SegmentCrowd> {
  const workspaceId = core.newId('ws')
  await core.database.db.insert(workspace).values({ id: workspaceId, name: 'Bench', slug: workspaceId })
  const { pool } = core.database
  await pool.query('alter table addresses disable trigger user')
  for (const statement of statements) await pool.query(statement, [workspaceId, people])
  await pool.query('alter table addresses enable trigger user')
  await pool.query(`vacuum (analyze) ${tables.join(', ')}`)
  return {
    workspaceId,
    listId: idOf('lst', 1),
    tagId: idOf('tag', 1),
    otherTagId: idOf('tag', 2),
    cityFieldId: idOf('fld', 1),
    campaignId: idOf('cmp', 1),
  }
}
