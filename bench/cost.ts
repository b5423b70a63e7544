import type { Database } from '@siar/database'
import { readFile } from 'node:fs/promises'
import { rounded } from './bench.ts'
import type { Figure } from './bench.ts'

/** What a stretch of time took out of this process and its database. */
interface Spent {
  readonly transactions: number
  readonly walBytes: number
  readonly cpuUs: number
  /** Null where the system does not tell the time of other processes. */
  readonly databaseCpuUs: number | null
}

const clockTickUs = 10_000

/** User and system time of one process, in µs. Source: proc(5), fields 14 and 15 of `stat`. */
async function cpuUsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * clockTickUs
}

async function readSpent({ pool }: Database): Promise<Spent> {
  const { user, system } = process.cpuUsage()
  const { rows } = await pool.query<{ transactions: number; walBytes: string; pids: number[] }>(
    `select (select sum(xact_commit + xact_rollback)::int from pg_stat_database) as transactions,
       pg_current_wal_insert_lsn() - '0/0' as "walBytes", array_agg(pid) as pids from pg_stat_activity`,
  )
  const row = rows[0]
  const times = await Promise.all((row?.pids ?? []).map((pid) => cpuUsOf(pid)))
  return {
    transactions: row?.transactions ?? 0,
    walBytes: Number(row?.walBytes ?? 0),
    cpuUs: user + system,
    databaseCpuUs: process.platform === 'linux' ? times.reduce((sum, us) => sum + us, 0) : null,
  }
}

/**
 * Watches what work costs, apart from how fast the machine is today.
 *
 * @returns a function that answers the cost of one of so many messages since then.
 */
export async function watchCost(
  database: Database,
): Promise<(messages: number) => Promise<Record<string, Figure>>> {
  const before = await readSpent(database)
  return async (messages) => {
    const after = await readSpent(database)
    const each = (key: 'transactions' | 'walBytes' | 'cpuUs', digits: number): number =>
      rounded((after[key] - before[key]) / messages, digits)
    const { databaseCpuUs } = after
    return {
      transactionsEach: each('transactions', 3),
      walBytesEach: each('walBytes', 0),
      cpuUsEach: each('cpuUs', 0),
      databaseCpuUsEach:
        databaseCpuUs === null ? null : rounded((databaseCpuUs - (before.databaseCpuUs ?? 0)) / messages),
    }
  }
}
