import type { WorkspaceScope } from '@siar/database'
import { freeEntryMs, serviceWindowMs } from '@siar/domain'

/** Who was written to, by whom. */
export interface Written {
  readonly contactId: string
  readonly senderId: string
}

const answerStatement = {
  name: 'sending-answer-ad-entries',
  text: `
  update conversations v set ad_entry_at = null,
    free_entry_until = case when $1::timestamptz < v.ad_entry_at + $4 * interval '1 millisecond'
      then greatest(v.free_entry_until, $1::timestamptz + $5 * interval '1 millisecond') else v.free_entry_until end
  from (select distinct * from unnest($2::text[], $3::text[]) x(contact_id, sender_id)) u
  where v.contact_id = u.contact_id and v.sender_id = u.sender_id and v.ad_entry_at is not null
    and v.ad_entry_at < $1::timestamptz + interval '5 minutes'`,
}

/** Answers the entries by advertisements of these people, as `answerEntry` of the domain says; people without one are passed over, as are
 * entries that are younger than the answer by more than clocks differ. */
export async function answerEntries(
  scope: WorkspaceScope,
  written: readonly Written[],
  at: Date,
): Promise<void> {
  if (written.length === 0) return
  await scope.execute(answerStatement, [
    at,
    written.map(({ contactId }) => contactId),
    written.map(({ senderId }) => senderId),
    serviceWindowMs,
    freeEntryMs,
  ])
}
