import { setTimeout as wait } from 'node:timers/promises'
import type { Place } from './place.ts'
import { connectAdmin } from './server.ts'

/** Connections that were closed a moment ago are still listed for a little while. */
const patienceMs = 1_500

const query = `
  select count(*)::int as users from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name like 'siar%'`

/** Whether any process of Siar is still connected to this server. */
export async function othersUse(place: Place): Promise<boolean> {
  const admin = await connectAdmin(place, () => true).catch(() => null)
  if (admin === null) return false
  try {
    const deadline = performance.now() + patienceMs
    for (;;) {
      const { rows } = await admin.query<{ users: number }>(query)
      if (rows[0]?.users === 0) return false
      if (performance.now() > deadline) return true
      await wait(15)
    }
  } finally {
    await admin.end().catch(() => undefined)
  }
}
