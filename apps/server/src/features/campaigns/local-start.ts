import type { Schedule } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { isTimeZone, oneZoneCountries, recipientStartAtMs, recipientZone } from '@siar/domain'
import { listContactZones } from './local-due.repo.ts'
import type { LocalDue } from './local-due.repo.ts'

/**
 * When each person of a run is due whose schedule follows the recipients' clocks: for every zone and country people may have,
 * the instant of that wall clock. Null for any other schedule.
 *
 * The instants come from the domain, so the freeze, the forecast and the gate share one truth about summer time; the database's own
 * list of zones may be of another year, and reads an hour that comes twice as the second.
 */
export async function findLocalDue(
  scope: WorkspaceScope,
  schedule: Schedule,
  workspaceZone: string,
): Promise<LocalDue | null> {
  if (schedule.kind !== 'recipient_local') return null
  const startAt = (zone: string): Date => {
    const atMs = recipientStartAtMs({ kind: schedule.kind, localTime: schedule.at }, zone)
    if (atMs === null) throw new Error('The schedule was checked when it was saved')
    return new Date(atMs)
  }
  const zones = (await listContactZones(scope)).filter(isTimeZone)
  return {
    zones: zones.map((zone) => ({ key: zone, at: startAt(zone) })),
    countries: oneZoneCountries.map((country) => ({
      key: country,
      at: startAt(recipientZone({ country }, workspaceZone)),
    })),
    otherwise: startAt(workspaceZone),
  }
}
