import type { WorkspaceScope } from '@siar/database'
import type { SqlPart } from './audience.repo.ts'

interface DueByKey {
  readonly key: string
  readonly at: Date
}

/** When people are due by their zone, else by their country, else all alike. */
export interface LocalDue {
  readonly zones: readonly DueByKey[]
  readonly countries: readonly DueByKey[]
  readonly otherwise: Date
}

export interface LocalDueSql extends SqlPart {
  /** SQL of when a row `n` is due, given when it would be due by the clock of the run. */
  readonly dueAt: (byRun: string) => string
  /** What follows `from numbered n`. */
  readonly join: string
}

/** Texts that contacts have as their zone; some may be no zone. */
export async function listContactZones(scope: WorkspaceScope): Promise<string[]> {
  const rows = await scope.query<{ zone: string }>(
    'select distinct time_zone as zone from contacts where workspace_id = $1 and time_zone is not null',
    [scope.workspaceId],
  )
  return rows.map(({ zone }) => zone)
}

/**
 * The people of `judged` as `local_start`, each with the instant its clock shows the time. Whoever's time has passed is due at
 * once; a group that waits, waits from that instant on.
 *
 * Values: $2 now, $first.. its own.
 */
export function localStart(due: LocalDue | null, first: number): LocalDueSql {
  if (!due) return { text: '', values: [], dueAt: (byRun) => byRun, join: '' }
  const at = (offset: number): string => `$${first + offset}`
  const text = `local_start as (
       select j.contact_id, greatest($2::timestamptz, coalesce(z.at, c.at, ${at(4)}::timestamptz)) as at
       from judged j
       left join unnest(${at(0)}::text[], ${at(1)}::timestamptz[]) z(zone, at) on z.zone = j.time_zone
       left join unnest(${at(2)}::text[], ${at(3)}::timestamptz[]) c(country, at) on c.country = j.country
       where j.reason is null
     ),`
  return {
    text,
    dueAt: (byRun) => `l.at + (${byRun} - $2::timestamptz)`,
    join: 'left join local_start l on l.contact_id = n.contact_id',
    values: [
      due.zones.map(({ key }) => key),
      due.zones.map(({ at: instant }) => instant),
      due.countries.map(({ key }) => key),
      due.countries.map(({ at: instant }) => instant),
      due.otherwise,
    ],
  }
}
