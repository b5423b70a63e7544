import type { EmbeddedServer } from '@siar/database'
import { createDatabase } from '@siar/database'

/** Settings of a server that counts its statements. */
export const countStatements = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': 10_000,
  track_wal_io_timing: 'on',
} as const

const shown = 40

/** Prints where the time of the database goes: the costliest statements since `start`, for one of so many messages each. */
export async function watchStatements(
  embedded: EmbeddedServer,
): Promise<{ start(): Promise<void>; report(messages: number, say: (line: string) => void): Promise<void> }> {
  const connection = { ...embedded.connection, user: 'postgres', database: 'postgres' }
  const admin = createDatabase({ connection, poolMax: 1 })
  await admin.pool.query('create extension if not exists pg_stat_statements')
  return {
    start: async () => void (await admin.pool.query('select pg_stat_statements_reset()')),
    report: async (messages, say) => {
      const { rows } = await admin.pool.query<Record<string, number | string>>(
        `select calls::int, rows::int, total_exec_time + total_plan_time as ms, wal_bytes::bigint as wal,
           shared_blks_hit::bigint as hit, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as text
         from pg_stat_statements where query not like '%pg_stat_%' order by 3 desc limit ${shown}`,
      )
      say('   calls     rows   us each   us/msg  wal/msg  hits/call  statement')
      for (const { calls, rows: count, ms, wal, hit, text } of rows) {
        const us = Number(ms) * 1000
        const cells = [
          String(calls).padStart(8),
          String(count).padStart(8),
          (us / Number(calls)).toFixed(0).padStart(9),
          (us / messages).toFixed(1).padStart(8),
          (Number(wal) / messages).toFixed(0).padStart(8),
          (Number(hit) / Number(calls)).toFixed(0).padStart(10),
        ]
        say(`${cells.join(' ')}  ${String(text)}`)
      }
      await admin.close()
    },
  }
}
