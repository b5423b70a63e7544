/** How far an installation has come. Both numbers only grow, except by a restore. */
export interface StartMark {
  readonly installationId: string
  /** Changes with every restore that was noticed. */
  readonly epoch: number
  /** Raised at every start, and every minute, of a process that owns senders. */
  readonly count: number
}

/** What this machine keeps beside the database. */
export interface FileMark extends StartMark {
  /** The file was copied or unpacked since it was written. */
  readonly isCopy: boolean
}

export interface DatabaseMark extends StartMark {
  /** When a process last raised it. */
  readonly raisedAt: Date
}

export type RestoreVerdict =
  | { readonly restored: false }
  /**
   * `copied_folder`: the data folder was unpacked from a backup, and nobody works on the database.
   * `older_than_file`: this machine has seen the database further on. `elsewhere`: nobody here knows it, and nobody else runs it.
   */
  | { readonly restored: true; readonly reason: 'copied_folder' | 'older_than_file' | 'elsewhere' }

const aloneAfterMs = 3_600_000
/** A process that lives counts every minute. */
const restsAfterMs = 120_000

/**
 * Tells whether a database was restored from a backup since somebody last worked on it.
 *
 * Pure. A file of the same installation decides by itself: the database is written before the file, so only a restore lets the
 * file run ahead. A file that was copied came with a backup of the whole data folder, unless somebody works on the database at this
 * moment: then it is one more machine of the same installation. A file of an earlier epoch belongs to a machine that had no part in an earlier restore. Without a file of
 * this installation a process is new here: it joins others that live, or somebody moved the database.
 *
 * @param database Null for an installation that has never counted.
 * @param file What this machine keeps; null for none.
 */
export function judgeRestore(
  database: DatabaseMark | null,
  file: FileMark | null,
  now: Date,
): RestoreVerdict {
  if (!database) return { restored: false }
  const restedMs = now.getTime() - database.raisedAt.getTime()
  if (file?.installationId === database.installationId) {
    const isAhead =
      file.epoch > database.epoch || (file.epoch === database.epoch && file.count > database.count)
    if (isAhead) return { restored: true, reason: 'older_than_file' }
    return file.isCopy && restedMs > restsAfterMs
      ? { restored: true, reason: 'copied_folder' }
      : { restored: false }
  }
  const isAlone = restedMs > aloneAfterMs
  return isAlone ? { restored: true, reason: 'elsewhere' } : { restored: false }
}

/** The mark after a process started or lived on; a restore begins a new epoch, later than any that was seen. */
export function raisedMark(database: StartMark, file: StartMark | null, restored: boolean): StartMark {
  const { installationId } = database
  if (!restored) return { installationId, epoch: database.epoch, count: database.count + 1 }
  const seen = file?.installationId === installationId ? file.epoch : 0
  return { installationId, epoch: Math.max(database.epoch, seen) + 1, count: database.count + 1 }
}
