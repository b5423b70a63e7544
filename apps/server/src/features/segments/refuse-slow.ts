import { AppError } from '@siar/domain'
import { isOutOfTime } from './segments.repo.ts'

/** Runs a transaction that follows a rule; one that takes too long is refused in plain words. */
export async function refuseSlow<T>(run: () => Promise<T>): Promise<T> {
  return run().catch((error: unknown) => {
    throw isOutOfTime(error) ? new AppError('segment_too_slow', {}, { cause: error }) : error
  })
}
