import type { Receipt, ReceiptPricing } from '@siar/channel'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createCalmNetwork, stageSender } from './rig.fixtures.ts'

const stage = stageSender(await testDatabase({ poolMax: 12 }))
const cloudApi = { simulator: { standsFor: 'cloud_api' } }
const [marketing, utility] = [41_600, 16_800]
const free: ReceiptPricing = { billable: false, kind: 'free_entry_point', category: 'marketing' }
const paid = (category: string): ReceiptPricing => ({ billable: true, kind: 'regular', category })

interface Sent {
  readonly id: string
  readonly channelMessageId: string
}

/** Two people get a message that is expected to cost as marketing does; receipts are told afterwards by hand. */
async function sendTwo() {
  const senderId = await stage.shop.addSender('online', cloudApi)
  await stage.shop.addContacts(2)
  const rig = await stage.world.startRig({ simulator: createCalmNetwork(), senderId, settings: cloudApi })
  const { id } = await stage.shop.draft({ senderIds: [senderId] as never })
  await stage.shop.start(id)
  await stage.world.untilFigures(id, { sent: 2, read: 2 })
  const sent = await stage.shop.query<Sent>(
    `select id, channel_message_id as "channelMessageId" from attempts where sender_id = $1 order by id`,
    [senderId],
  )
  const tell = async (
    { id: messageId, channelMessageId }: Sent,
    kind: Receipt['kind'],
    pricing: ReceiptPricing,
    suffix = '',
  ) => {
    const ref = { senderId, workspaceId: stage.shop.workspaceId, channel: 'simulator', shard: 0, epoch: 1 }
    const receipt: Receipt = {
      type: 'receipt',
      channelMessageId: `${channelMessageId}${suffix}`,
      messageId,
      kind,
      at: stage.world.core.now(),
      pricing,
    }
    await rig.sending.forwardEvents(ref as never, [receipt])
  }
  const cost = async () => {
    const [row] = await stage.shop.query<{ figure: number; attempts: number }>(
      `select coalesce((select sum(f.count) from run_figures f join runs r on r.id = f.run_id
           where r.campaign_id = $1 and f.figure = 'cost'), 0)::bigint as figure,
         coalesce((select sum(a.cost_micros) from attempts a where a.sender_id = $2), 0)::bigint as attempts`,
      [id, senderId],
    )
    expect(row?.figure).toBe(row?.attempts)
    return row?.figure
  }
  const [first, second] = sent as [Sent, Sent]
  return { id, first, second, tell, cost }
}

test('what the channel tells corrects what was expected: free costs nothing, another category its own price', async () => {
  const { id, first, second, tell, cost } = await sendTwo()
  expect(await cost()).toBe(2 * marketing)
  await tell(first, 'delivered', free, 'x')
  expect(await cost()).toBe(marketing)
  await tell(second, 'delivered', paid('utility'), 'x')
  expect(await cost()).toBe(utility)
  const report = await stage.shop.reports.report(stage.shop.workspaceId, id, 'id')
  expect(report.cost).toEqual({ idrMinor: Math.round(utility * 0.0163), usdMinor: 2 })
})

test('told twice, or by an earlier step that comes late, it changes nothing any more', async () => {
  const { first, tell, cost } = await sendTwo()
  await tell(first, 'delivered', paid('utility'), 'x')
  const corrected = await cost()
  await tell(first, 'delivered', paid('utility'), 'x')
  await tell(first, 'delivered', paid('marketing'), 'y')
  await tell(first, 'accepted', free, 'z')
  expect(await cost()).toBe(corrected)
  await tell(first, 'read', free, 'x')
  expect(await cost()).toBe(marketing)
})

test('a category nobody has a price for leaves the estimate, and a refused message costs nothing whatever is told', async () => {
  const { first, second, tell, cost } = await sendTwo()
  await tell(first, 'delivered', paid('referral_conversion'), 'x')
  expect(await cost()).toBe(2 * marketing)
  await stage.shop.query(`update recipients set status = 'refused' where message_id = $1`, [second.id])
  await tell(second, 'accepted', paid('utility'), 'x')
  expect(await cost()).toBe(2 * marketing)
})

test('a message that was expected to be free and is charged costs what it is charged', async () => {
  const { first, tell, cost } = await sendTwo()
  await tell(first, 'accepted', free, 'x')
  expect(await cost()).toBe(marketing)
  await tell(first, 'delivered', paid('marketing'), 'x')
  expect(await cost()).toBe(2 * marketing)
})
