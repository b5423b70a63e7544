import type { SystemScope } from '@siar/database'
import type { DatabaseMark, StartMark } from './restore-verdict.ts'

/** Reads the mark, and keeps everybody else from raising it until the transaction ends. Null when nothing was ever counted. */
export async function lockStartMark(
  scope: SystemScope,
  installationId: string,
): Promise<DatabaseMark | null> {
  await scope.execute(
    `insert into installation_settings (key, value) values ('start_mark', 'null') on conflict (key) do nothing`,
  )
  const [row] = await scope.query<{ value: { epoch: number; count: number; raisedAt: string } | null }>(
    `select value from installation_settings where key = 'start_mark' for update`,
  )
  if (!row?.value) return null
  const { epoch, count, raisedAt } = row.value
  return { installationId, epoch, count, raisedAt: new Date(raisedAt) }
}

/** Writes the mark; when the transaction has committed it is on disk, whatever the server's default is. */
export async function writeStartMark(
  scope: SystemScope,
  { epoch, count }: StartMark,
  now: Date,
): Promise<void> {
  await scope.execute('set local synchronous_commit = on')
  await scope.execute(
    `update installation_settings set value = $1::jsonb, created_at = $2 where key = 'start_mark'`,
    [JSON.stringify({ epoch, count, raisedAt: now.toISOString() }), now],
  )
}
