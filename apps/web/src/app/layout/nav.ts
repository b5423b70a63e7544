import { shownPlaces } from '../features.ts'
import type { ShownPlace } from '../features.ts'
import { useCan } from '../viewer.ts'

/** The places this person may go to, in order; Admin only for platform admins. */
export function useNav(): ShownPlace[] {
  const can = useCan()
  return shownPlaces.filter((place) => can(place.id === 'admin' ? 'platform_admin' : place.permission))
}
