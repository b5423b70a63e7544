import { testDatabase, waitUntil } from '@siar/test-kit'
import { describe, expect, test } from 'vitest'
import { createCalmNetwork, stageSender } from './rig.fixtures.ts'

const stage = stageSender(await testDatabase({ poolMax: 12 }))

describe('incoming messages', () => {
  test('count as the answer to the newest campaign message, once, with a conversation', async () => {
    const simulator = createCalmNetwork()
    const [person] = await stage.shop.addContacts(2)
    await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { read: 2 })
    await simulator.control.incoming(stage.senderId, person?.phone ?? '', 'Masih ada stok?')
    await stage.world.untilFigures(id, { replied: 1, read: 2, sent: 2 })
    const rows = await stage.shop.query<{ unread: number; messages: number }>(
      `select unread, (select count(*)::int from messages m where m.conversation_id = v.id) as messages
       from conversations v where workspace_id = $1`,
      [stage.shop.workspaceId],
    )
    expect(rows).toEqual([{ unread: 1, messages: 1 }])
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('that say STOP end marketing to that person at once', async () => {
    const simulator = createCalmNetwork()
    const [person] = await stage.shop.addContacts(2)
    await stage.startRig(simulator)
    const first = await stage.shop.draft()
    await stage.shop.start(first.id)
    await stage.world.untilFigures(first.id, { read: 2 })
    await simulator.control.incoming(stage.senderId, person?.phone ?? '', 'STOP')
    await stage.world.untilFigures(first.id, { replied: 1 })
    const second = await stage.shop.draft()
    await stage.shop.start(second.id)
    await stage.world.untilStatus(second.id, 'completed')
    expect((await stage.world.framesOf(simulator)).get(person?.phone ?? '')).toBe(1)
    expect(await stage.shop.reasons(second.id)).toEqual({ suppressed: 1 })
  })

  test('that are blocks halt a campaign that hurts its number, once they are many', async () => {
    const simulator = createCalmNetwork()
    const people = await stage.shop.addContacts(60)
    await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { read: 60 })
    await stage.shop.query(`update campaigns set status = 'running' where id = $1`, [id])
    for (const { phone } of people.slice(0, 5)) await simulator.control.block(stage.senderId, phone, 'block')
    await stage.world.untilStatus(id, 'halted')
    expect((await stage.shop.get(id)).statusReason).toBe('guardian')
    const [row] = await stage.shop.query<{ blocks: number; gone: number }>(
      `select (select blocks from sender_days where sender_id = $2) as blocks,
         (select count(*)::int from contacts where workspace_id = $1 and marketing_consent = 'withdrawn') as gone`,
      [stage.shop.workspaceId, stage.senderId],
    )
    expect(row).toEqual({ blocks: 5, gone: 5 })
  })

  test('from somebody unknown make a contact without consent', async () => {
    const simulator = createCalmNetwork()
    await stage.startRig(simulator)
    await simulator.control.incoming(stage.senderId, '+6281999000111', 'Halo kak')
    const rows = await waitUntil(async () => {
      const found = await stage.shop.query<{ marketing_consent: string }>(
        `select c.marketing_consent from contacts c join addresses a on a.contact_id = c.id
         where c.workspace_id = $1 and a.value = '+6281999000111'`,
        [stage.shop.workspaceId],
      )
      return found.length > 0 ? found : null
    })
    expect(rows).toEqual([{ marketing_consent: 'unknown' }])
  })
})
