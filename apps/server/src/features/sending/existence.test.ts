import type { Channel, Directory } from '@siar/channel'
import { ChannelUnavailable } from '@siar/channel'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createCalmNetwork, stageSender } from './rig.fixtures.ts'

const stage = stageSender(await testDatabase({ poolMax: 12 }))

interface Asked {
  readonly phones: string[]
  isDown: boolean
}

/** A network whose sender is one that looks numbers up, as linked devices do; who is absent is told by `absent`. */
function checkingNetwork(absent: ReadonlySet<string>, typing = false) {
  const simulator = createCalmNetwork()
  const asked: Asked = { phones: [], isDown: false }
  const typed: string[] = []
  const directory: Directory = {
    exists: async (phones) => {
      if (asked.isDown) throw new ChannelUnavailable('not_connected')
      asked.phones.push(...phones)
      return phones.map((phone) => ({ phone, exists: !absent.has(phone), aliases: [] }))
    },
    groups: async () => [],
    groupMembers: async () => [],
    addressBook: async () => [],
  }
  const channel: Channel = {
    ...simulator.channel,
    open: async (request, listener) => {
      const session = await simulator.channel.open(request, listener)
      return {
        ...session,
        senderId: session.senderId,
        capabilities: { ...session.capabilities, sends: 'one_by_one', checksExistence: true, typing },
        directory,
        send: (message, signal) => session.send(message, signal),
        showTyping: async (to) => void typed.push(to),
        takeWebhooks: (items) => session.takeWebhooks(items),
        close: () => session.close(),
      }
    },
  }
  return { simulator: { ...simulator, channel }, asked, typed }
}

const frames = async (simulator: ReturnType<typeof createCalmNetwork>) =>
  [...(await stage.world.framesOf(simulator)).keys()].toSorted()

test('a number that is not on WhatsApp is looked up once, skipped with the reason and never sent anything', async () => {
  const people = await stage.shop.addContacts(5)
  const absent = new Set([people[1]?.phone ?? '', people[3]?.phone ?? ''])
  const { simulator, asked } = checkingNetwork(absent)
  await stage.startRig(simulator)
  const { id } = await stage.shop.draft()
  await stage.shop.start(id)
  await stage.world.untilStatus(id, 'completed')
  await stage.world.untilFigures(id, { total: 5, sent: 3, skipped: 2, failed: 0 })
  expect(await stage.shop.reasons(id)).toEqual({ not_on_whatsapp: 2 })
  expect(await frames(simulator)).toEqual(
    people
      .map(({ phone }) => phone)
      .filter((phone) => !absent.has(phone))
      .toSorted(),
  )
  expect(asked.phones.toSorted()).toEqual(people.map(({ phone }) => phone).toSorted())
  await stage.shop.expectFiguresToAddUp(id)
})

test('an answer is remembered with its date, and asked again when it is old', async () => {
  const [there, gone, old] = await stage.shop.addContacts(3)
  const { simulator, asked } = checkingNetwork(new Set())
  const nowMs = stage.world.core.clock.nowMs()
  const know = (phone: string | undefined, exists: boolean, days: number) =>
    stage.shop.query(
      'update addresses set on_whatsapp = $2, on_whatsapp_at = $3 where value = $1 and workspace_id = $4',
      [phone, exists, new Date(nowMs - days * 86_400_000), stage.shop.workspaceId],
    )
  await know(there?.phone, true, 20)
  await know(gone?.phone, false, 3)
  await know(old?.phone, false, 8)
  await stage.startRig(simulator)
  const { id } = await stage.shop.draft()
  await stage.shop.start(id)
  await stage.world.untilStatus(id, 'completed')
  expect(asked.phones).toEqual([old?.phone])
  expect(await frames(simulator)).toEqual([there?.phone, old?.phone].toSorted())
  const [row] = await stage.shop.query<{ on_whatsapp: boolean; on_whatsapp_at: Date }>(
    'select on_whatsapp, on_whatsapp_at from addresses where value = $1 and workspace_id = $2',
    [old?.phone, stage.shop.workspaceId],
  )
  expect(row?.on_whatsapp).toBe(true)
  expect(row?.on_whatsapp_at.getTime()).toBeGreaterThanOrEqual(nowMs)
})

test('people the shop has talked with are not looked up', async () => {
  const [written, wrote] = await stage.shop.addContacts(2)
  await stage.shop.query('update contacts set last_contacted_at = now() where id = $1', [written?.id])
  await stage.shop.query(
    `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at) values ($1, $2, $3, 'snd_x', now())`,
    [stage.world.core.newId('cnv'), stage.shop.workspaceId, wrote?.id],
  )
  const { simulator, asked } = checkingNetwork(new Set([written?.phone ?? '', wrote?.phone ?? '']))
  await stage.startRig(simulator)
  const { id } = await stage.shop.draft({ purpose: 'service' })
  await stage.shop.start(id)
  await stage.world.untilFigures(id, { sent: 2 })
  expect(asked.phones).toEqual([])
})

test('nobody unknown is sent to while the look-up does not answer, and everybody is once it does', async () => {
  await stage.shop.addContacts(3)
  const { simulator, asked } = checkingNetwork(new Set())
  asked.isDown = true
  await stage.startRig(simulator)
  const { id } = await stage.shop.draft()
  await stage.shop.start(id)
  await waitUntil(async () => {
    const [row] = await stage.shop.query<{ held: number }>(
      `select count(*)::int as held from recipients where campaign_id = $1 and due_at > $2`,
      [id, stage.world.core.now()],
    )
    return row?.held === 3
  })
  expect(await frames(simulator)).toEqual([])
  asked.isDown = false
  await waitUntil(async () => {
    await stage.world.core.clock.advanceBy(5_000)
    return (await stage.shop.get(id)).status === 'completed'
  })
  expect(await frames(simulator)).toHaveLength(3)
})

test('nobody is shown typing before their number is known to be on WhatsApp', async () => {
  const people = await stage.shop.addContacts(4)
  const absent = new Set([people[2]?.phone ?? ''])
  const { simulator, asked, typed } = checkingNetwork(absent, true)
  const settings = { paced: true, warmUp: false, delayMsMin: 3_000, delayMsMax: 3_000 }
  await stage.startRig(simulator, { settings })
  const { id } = await stage.shop.draft()
  await stage.shop.start(id)
  await waitUntil(async () => {
    await stage.world.core.clock.advanceBy(200)
    return (await stage.shop.get(id)).status === 'completed'
  })
  expect(typed).not.toContain(people[2]?.phone)
  for (const phone of typed) expect(asked.phones).toContain(phone)
  expect(await frames(simulator)).toHaveLength(3)
})
