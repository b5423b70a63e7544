import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createDatabase, describeEmbedded } from '@siar/database'
import { waitUntil } from '../../packages/test-kit/src/wait-until.ts'
import type { Postgres } from './postgres.ts'
import { cutConnectionsOf, endServer } from './postgres.ts'

/** The PostgreSQL that a running Siar keeps for itself: `start` waits until Siar has brought it back. */
export async function embeddedPostgresOf(dataDir: string): Promise<Postgres> {
  const pointer = JSON.parse(await readFile(path.join(dataDir, 'database.json'), 'utf8')) as {
    password: string
  }
  const { socketDir } = await describeEmbedded(dataDir)
  const url = `postgresql://siar:${pointer.password}@${encodeURIComponent(socketDir ?? '')}/siar`
  return {
    url,
    start: async () => {
      const database = createDatabase({ connectionString: url, poolMax: 1, applicationName: 'siar chaos' })
      await waitUntil(() => database.pool.query('select 1'), {
        timeoutMs: 180_000,
        everyMs: 50,
        what: 'Siar to bring its database back',
      }).finally(() => database.close())
    },
    stop: () => endServer(dataDir, 'SIGINT'),
    kill: () => endServer(dataDir, 'SIGKILL'),
    cutConnections: () => cutConnectionsOf(url),
  }
}
