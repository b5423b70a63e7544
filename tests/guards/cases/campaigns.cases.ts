import type {
  campaignOperations,
  campaignRunOperations,
  dashboardOperations,
  experimentOperations,
} from '@siar/contract'
import { campaignOperations as operations } from '@siar/contract'
import type { Call, CasesOf } from './case.ts'
import { foreign, own, silent } from './case.ts'

const draft: Call = async ({ newCampaign }) => ({ params: { campaignId: await newCampaign() } })
const running: Call = async ({ newRunningCampaign }) => ({
  params: { campaignId: await newRunningCampaign() },
})

export const campaignCases: CasesOf<typeof campaignOperations> = {
  'campaigns.list': own(),
  'campaigns.create': own(({ name }) => ({ body: { name: name('campaign'), purpose: 'marketing' } })),
  'campaigns.get': foreign(draft),
  'campaigns.update': foreign(async (place) => ({
    ...(await draft(place)),
    body: { name: place.name('campaign') },
  })),
  'campaigns.remove': foreign(draft),
  'campaigns.forecast': foreign(draft),
  'campaigns.test': foreign(async (place) => ({ ...(await draft(place)), body: { phone: place.phone() } })),
  'campaigns.start': foreign(draft),
  'campaigns.unschedule': foreign(async ({ newCampaign, run }) => {
    const schedule = { kind: 'at', at: '2027-01-04T09:00', timeZone: 'Asia/Jakarta' }
    const campaignId = await newCampaign({ schedule })
    await run(operations.start, { params: { campaignId } })
    return { params: { campaignId } }
  }),
  'campaigns.pause': foreign(running),
  'campaigns.resume': foreign(async (place) => {
    const input = await running(place)
    await place.run(operations.pause, input)
    return input
  }),
  'campaigns.cancel': foreign(running),
  'campaigns.retryFailed': foreign(async (place) => {
    const campaignId = await place.newRunningCampaign()
    await place.set(
      `update recipients set status = 'refused', reason = 'other', due_at = null where campaign_id = $1`,
      [campaignId],
    )
    return { params: { campaignId } }
  }),
  'campaigns.listRecipients': foreign(running),
  'campaigns.report': foreign(running),
  'campaigns.reportCsv': foreign(running),
}

export const campaignRunCases: CasesOf<typeof campaignRunOperations> = {
  'campaigns.clone': foreign(async (place) => ({ ...(await draft(place)), body: {} })),
  'campaigns.listRuns': foreign(running),
  'campaigns.skip': foreign(async ({ newCampaign, run }) => {
    const schedule = {
      kind: 'recurring',
      at: '2027-01-04T09:00',
      timeZone: 'Asia/Jakarta',
      rule: 'FREQ=DAILY',
    }
    const campaignId = await newCampaign({ schedule })
    await run(operations.start, { params: { campaignId } })
    return { params: { campaignId }, body: { occurrenceAt: '2027-01-04T02:00:00.000Z' } }
  }),
}

/** Somebody waits for the winner of a test of two variants. */
const waiting = {
  variants: ['A', 'B'].map((key) => ({ key, weight: 1, delayMinutes: 0, content: null })),
  testSharePercent: 50,
  holdoutPercent: 0,
  goal: 'read',
  decide: 'manual',
  decidesAt: null,
  lookedAt: null,
}

export const experimentCases: CasesOf<typeof experimentOperations> = {
  'campaigns.chooseWinner': foreign(async (place) => {
    const campaignId = await place.newRunningCampaign()
    await place.set('update runs set experiment = $2 where campaign_id = $1', [campaignId, waiting])
    return { params: { campaignId }, body: { variant: 'B' } }
  }),
}

export const dashboardCases: CasesOf<typeof dashboardOperations> = {
  'analytics.dashboard': own(),
  'events.stream': silent(),
  'inbox.listConversations': own(),
}
