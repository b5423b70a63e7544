import type { unknownMessageOperations } from '@siar/contract'
import type { Place } from '../world/place.ts'
import type { CasesOf } from './case.ts'
import { foreign, own } from './case.ts'

/** A campaign of the place of whose only person nobody knows whether the message arrived. */
async function newUnknown({ newRunningCampaign, set }: Place): Promise<string> {
  const campaignId = await newRunningCampaign()
  await set(
    `update recipients set status = 'unknown', reason = 'timeout', due_at = null where campaign_id = $1`,
    [campaignId],
  )
  await set(
    `update run_figures set figure = 'unknown' where figure = 'queued'
       and run_id = (select current_run_id from campaigns where id = $1)`,
    [campaignId],
  )
  await set(
    `update recipients set message_id = (select max(a.id) from attempts a where a.workspace_id = recipients.workspace_id)
     where campaign_id = $1`,
    [campaignId],
  )
  return campaignId
}

export const unknownMessageCases: CasesOf<typeof unknownMessageOperations> = {
  'unknownMessages.list': own(async (place) => {
    await newUnknown(place)
    return {}
  }),
  'unknownMessages.settle': foreign(async (place) => {
    const campaignId = await newUnknown(place)
    return { body: { campaignId, decision: 'arrived' } }
  }),
}
