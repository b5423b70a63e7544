import type { Database } from '@siar/database'
import { loadInBulk } from '../audience/bulk.ts'

/** What timelines show: everybody agreed or refused once, and every tenth was written to three times. */
export async function insertPast(database: Database, workspaceId: string): Promise<void> {
  await loadInBulk(database, ['consents', 'messages'], async (client) => {
    await client.query(
      `insert into consents (id, workspace_id, contact_id, purpose, state, source, wording, actor, at)
       select 'cns_' || substr(id, 5), $1, id, 'marketing',
         case marketing_consent when 'withdrawn' then 'withdrawn' else 'granted' end, 'import', 'Signed up at the counter',
         'bench', created_at
       from contacts where marketing_consent <> 'unknown'`,
      [workspaceId],
    )
    await client.query(
      `insert into messages (id, workspace_id, contact_id, sender_id, direction, text, at)
       select 'msg_' || substr(c.id, 5, 30) || lpad(n::text, 2, '0'), $1, c.id, 'snd', 'out', 'Halo, ada kabar baik', c.created_at + n * interval '1 day'
       from (select id, created_at, row_number() over (order by id) as number from contacts) c, generate_series(1, 3) n
       where c.number % 10 = 0`,
      [workspaceId],
    )
  })
  await database.pool.query('vacuum analyze consents, messages')
}
