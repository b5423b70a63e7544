import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { applyMoves } from '../sending/moves.repo.ts'
import { writeHolds } from '../sending/take.repo.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'

const core = createTestCore(await testDatabase())
let shop: ShopFixture
let senderId: string
let campaignId: string

interface Row {
  readonly id: string
  readonly status: string
  readonly message_id: string | null
  readonly sender_id: string
}

const recipients = (): Promise<Row[]> =>
  shop.query<Row>(
    'select id, status, message_id, sender_id from recipients where campaign_id = $1 order by sequence',
    [campaignId],
  )

/** The first recipient may have its message: it waits to get it again under the same id, as after a crash. */
async function putFirstInDoubt(): Promise<string> {
  const messageId: string = core.newId('msg')
  await shop.query(
    `with one as (update recipients set message_id = $2 where campaign_id = $1 and sequence = 1 returning id, run_id)
     insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at)
     select $2, $3, one.id, one.run_id, $4, 1, now() from one`,
    [campaignId, messageId, shop.workspaceId, senderId],
  )
  return messageId
}

beforeEach(async () => {
  shop = await buildShop(core)
  senderId = await shop.addSender()
  await shop.addContacts(3)
  campaignId = (await shop.draft()).id
  await shop.start(campaignId)
})

describe('somebody who may have the message already', () => {
  test('is unknown after a cancel, not cancelled', async () => {
    await putFirstInDoubt()
    await shop.control.cancel(shop.workspaceId, shop.actor, campaignId)
    expect(await shop.statuses(campaignId)).toEqual({ unknown: 1, cancelled: 2 })
    await shop.expectFiguresToAddUp(campaignId)
  })

  test('stays with the sender that would show the id only once', async () => {
    const messageId = await putFirstInDoubt()
    const other = await shop.addSender()
    await shop.query(`update senders set status = 'offline' where id = $1`, [senderId])
    await shop.control.moveFromSender(shop.workspaceId, senderId)
    expect((await recipients()).map((row) => [row.sender_id, row.message_id])).toEqual([
      [senderId, messageId],
      [other, null],
      [other, null],
    ])
  })

  test('is unknown when the gate lets nothing more through, not skipped', async () => {
    await putFirstInDoubt()
    const [first, second] = await recipients()
    const reason = 'suppressed' as const
    const holds = [
      { recipientId: first?.id ?? '', kind: 'skip' as const, reason, inDoubt: true },
      { recipientId: second?.id ?? '', kind: 'skip' as const, reason, inDoubt: false },
    ]
    await core.inWorkspace(shop.workspaceId, (scope) => writeHolds(scope, holds, core.now()))
    expect(await shop.statuses(campaignId)).toEqual({ unknown: 1, skipped: 1, queued: 1 })
  })

  test('gets nothing again once a receipt says that it arrived', async () => {
    const messageId = await putFirstInDoubt()
    const at = core.now()
    const move = { attemptId: messageId, recipientId: null, target: 'delivered', reason: null } as const
    const rest = { dueAt: null, sameId: false, acceptedAt: at, deliveredAt: at, readAt: null }
    await core.inWorkspace(shop.workspaceId, (scope) => applyMoves(scope, [{ ...move, ...rest }], at))
    const [first] = await shop.query<{ status: string; due_at: Date | null }>(
      'select status, due_at from recipients where message_id = $1',
      [messageId],
    )
    expect(first).toEqual({ status: 'delivered', due_at: null })
  })
})

test('somebody who was refused is tried again under a new id', async () => {
  await putFirstInDoubt()
  await shop.query(
    `update recipients set status = 'refused', due_at = null where campaign_id = $1 and sequence = 1`,
    [campaignId],
  )
  await shop.control.retryFailed(shop.workspaceId, shop.actor, campaignId)
  expect((await recipients())[0]).toMatchObject({ status: 'queued', message_id: null })
})
