/** How far an installation has come. Both numbers only grow, except by a restore. */
export interface StartMark {
  readonly installationId: string
  /** Changes with every restore that was noticed. */
  readonly epoch: number
  /** Raised at every start, and every minute, of a process that owns senders. */
  readonly count: number
}

export interface DatabaseMark extends StartMark {
  /** When a process last raised it. */
  readonly raisedAt: Date
}

export type RestoreVerdict =
  | { readonly restored: false }
  /** `older_than_file`: this machine has seen the database further on. `elsewhere`: nobody here knows it, and nobody else runs it. */
  | { readonly restored: true; readonly reason: 'older_than_file' | 'elsewhere' }

const aloneAfterMs = 3_600_000

/**
 * Tells whether a database was restored from a backup since somebody last worked on it.
 *
 * Pure. A file of the same installation decides by itself: the database is written before the file, so only a restore lets the
 * file run ahead. A file of an earlier epoch belongs to a machine that had no part in an earlier restore. Without a file of
 * this installation a process is new here: it joins others that live, or somebody moved the database.
 *
 * @param database Null for an installation that has never counted.
 * @param file What this machine keeps; null for none.
 */
export function judgeRestore(
  database: DatabaseMark | null,
  file: StartMark | null,
  now: Date,
): RestoreVerdict {
  if (!database) return { restored: false }
  if (file?.installationId === database.installationId) {
    const isAhead =
      file.epoch > database.epoch || (file.epoch === database.epoch && file.count > database.count)
    return isAhead ? { restored: true, reason: 'older_than_file' } : { restored: false }
  }
  const isAlone = now.getTime() - database.raisedAt.getTime() > aloneAfterMs
  return isAlone ? { restored: true, reason: 'elsewhere' } : { restored: false }
}

/** The mark after a process started or lived on; a restore begins a new epoch, later than any that was seen. */
export function raisedMark(database: StartMark, file: StartMark | null, restored: boolean): StartMark {
  const { installationId } = database
  if (!restored) return { installationId, epoch: database.epoch, count: database.count + 1 }
  const seen = file?.installationId === installationId ? file.epoch : 0
  return { installationId, epoch: Math.max(database.epoch, seen) + 1, count: database.count + 1 }
}
