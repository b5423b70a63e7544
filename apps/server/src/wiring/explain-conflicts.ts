import { isUniqueViolation } from '@siar/database'
import { AppError } from '@siar/domain'

/**
 * Tells a raced or taken unique key as what it is for people: `already_exists` (409), never a fault of the server.
 * Every transaction of `Core` runs through it.
 */
export async function explainConflicts<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('already_exists', {}, { cause: error })
    throw error
  }
}
