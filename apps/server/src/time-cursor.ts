import { decodeCursor } from './list-cursor.ts'

/** Sort keys of a list in order of time: the instant (milliseconds), and the id for rows of the same one. */
export interface TimeKeys {
  readonly at: Date
  readonly id: string
}

/** @throws AppError `validation_failed` for a cursor that no such list gave out. */
export function decodeTimeCursor(cursor: string | undefined): TimeKeys | null {
  const [at, id] = decodeCursor(cursor, ['instant', 'text']) ?? []
  return at === undefined || id === undefined ? null : { at: new Date(at), id }
}

/** What `toPage` needs to make the next cursor. */
export function timeKeysOf({ at, id }: TimeKeys): readonly string[] {
  return [at.toISOString(), id]
}
