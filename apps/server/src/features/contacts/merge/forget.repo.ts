import type { SystemScope } from '@siar/database'

/** Merges of all workspaces whose time to be undone is over keep only which id stands for which. */
export async function forgetMerges(scope: SystemScope, now: Date): Promise<void> {
  await scope.execute(
    'update contact_merges set record = null where record is not null and undo_until <= $1',
    [now],
  )
}
