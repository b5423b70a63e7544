import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import { waitUntil } from '@siar/test-kit'
import type { TestApp } from '../../testing/test-app.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { createSending } from './index.ts'
import { createFakeOwned } from './sending.fixtures.ts'

/** A shop whose one sender is online on a network where everybody answers at once and nobody minds. */
export interface SendingShop {
  readonly shop: ShopFixture
  /** Starts a campaign and waits for its end. @returns what each address got. */
  sendAll(campaignId: string): Promise<Map<string, string>>
  stop(): Promise<void>
}

export async function startSendingShop({ core, services }: TestApp, seed: string): Promise<SendingShop> {
  const shop = await buildShop(core)
  const senderId = await shop.addSender()
  const shares = { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 0, readsLate: 0 }
  const simulator = createSimulator(
    createSimulatedNetwork({
      seed,
      now: () => new Date(),
      schedule: realSchedule,
      record: createMemoryRecord(),
      instant: true,
      shares,
    }),
  )
  const { control, consent } = services
  const options = { batchSize: 20, sendTimeoutMs: 3_000, schedule: core.clock.schedule, gatherMs: 0 }
  const sending = createSending(core, { control, ledger: consent.ledger }, options)
  const owned = createFakeOwned(core, simulator.channel, sending.forwardEvents)
  sending.start(owned)
  await owned.open(senderId, shop.workspaceId)
  return {
    shop,
    sendAll: async (campaignId) => {
      await shop.start(campaignId)
      const isDone = async () => (await shop.get(campaignId)).status === 'completed'
      await waitUntil(isDone, { what: 'the end of the campaign' })
      const sent = await shop.query<{ address: string; text: string }>(
        `select r.address, m.text from messages m join recipients r on r.id = m.recipient_id where r.campaign_id = $1`,
        [campaignId],
      )
      return new Map(sent.map(({ address, text }) => [address, text]))
    },
    stop: async () => {
      await owned.close()
      await sending.stop()
    },
  }
}
