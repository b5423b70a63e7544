import { SenderSettings } from '@siar/contract'
import { campaigns, senderDays } from '@siar/database'
import type { CampaignStatus, SenderId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createSenderDesk } from './sender-desk.ts'
import { createSenderService } from './senders.service.ts'
import { shardOf } from './shard.ts'

const database = await testDatabase()
const core = createTestCore(database)
const service = createSenderService(core, { checks: new Map(), desk: createSenderDesk(core) })
const actor = buildActor(core)
const workspaceId = await buildWorkspace(core)

async function addSender(changes: object = {}): Promise<SenderId> {
  const body = { name: 'Toko', channel: 'simulator', numberSince: null, ...changes } as const
  return (await service.create(workspaceId, actor, body)).id as SenderId
}

async function setRow(senderId: string, assignments: string): Promise<void> {
  await database.pool.query(`update senders set ${assignments} where id = $1`, [senderId])
}

beforeEach(() => {
  core.events.length = 0
  core.audits.length = 0
})

describe('senders', () => {
  test('a new sender wants a session, lies in its shard, and is told and audited', async () => {
    const id = await addSender()
    const sender = await service.get(workspaceId, id)
    expect(sender).toMatchObject({ status: 'new', wanted: true, phone: null, useForCampaigns: true })
    expect(sender.settings.simulator?.dedupesOurId).toBe(true)
    const { rows } = await database.pool.query('select shard from senders where id = $1', [id])
    expect(rows).toEqual([{ shard: shardOf(id) }])
    expect(core.events).toContainEqual({ kind: 'sender.changed', workspaceId, id })
    expect(core.audits).toMatchObject([{ action: 'sender.create', subjectId: id, actor: { id: actor.id } }])
  })

  test('a sender of another workspace is not found by any operation', async () => {
    const id = await addSender()
    const other = await buildWorkspace(core)
    const calls = [
      () => service.get(other, id),
      () => service.update(other, actor, id, { name: 'Milik saya' }),
      () => service.connect(other, actor, id),
      () => service.stop(other, actor, id),
      () => service.logOut(other, actor, id),
      () => service.scan(other, actor, id, 'x'),
      () => service.pairing(other, id),
      () => service.events(other, id),
      () => service.remove(other, actor, id),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'not_found' })
    expect((await service.list(other)).data).toEqual([])
    expect((await service.get(workspaceId, id)).name).toBe('Toko')
  })

  test.each(['cloud_api', 'waha'] as const)(
    'a sender on %s without what it needs is refused by naming it',
    async (channel) => {
      const problems = expect.arrayContaining([
        { path: `settings.${channel}`, message: 'is needed for this channel' },
      ]) as unknown
      await expect(addSender({ channel })).rejects.toMatchObject({
        code: 'validation_failed',
        details: { problems },
      })
    },
  )

  test.each(['linked_device', 'web_browser'] as const)(
    'a sender on %s needs nothing but a name',
    async (channel) => {
      const id = await addSender({ channel })
      expect((await service.get(workspaceId, id)).settings[channel]).toBeDefined()
    },
  )

  test('settings are changed as a whole, other fields one by one', async () => {
    const id = await addSender()
    const settings = SenderSettings.parse({ paced: true, dailyCap: 7 })
    await service.update(workspaceId, actor, id, { settings })
    const sender = await service.update(workspaceId, actor, id, { name: 'Gudang', useForCampaigns: false })
    expect(sender).toMatchObject({ name: 'Gudang', useForCampaigns: false, settings: { dailyCap: 7 } })
  })

  test('connect pairs a sender without credentials and reconnects one with them', async () => {
    const id = await addSender()
    await setRow(id, `status = 'logged_out', wanted = false`)
    expect(await service.connect(workspaceId, actor, id)).toMatchObject({ status: 'pairing', wanted: true })
    await setRow(id, `status = 'banned', wanted = false, paired_at = now()`)
    expect(await service.connect(workspaceId, actor, id)).toMatchObject({
      status: 'reconnecting',
      wanted: true,
      statusReason: null,
    })
  })

  test('stopping twice is fine and is recorded once', async () => {
    const id = await addSender()
    await core.clock.advanceBy(1_000)
    await service.stop(workspaceId, actor, id)
    expect(await service.stop(workspaceId, actor, id)).toMatchObject({ status: 'stopped', wanted: false })
    const { data } = await service.events(workspaceId, id)
    expect(data.map((event) => event.kind)).toEqual(['stopped', 'created'])
  })

  test('only a code that is shown now is given out or can be scanned', async () => {
    const id = await addSender()
    const expiresAt = new Date(core.now().getTime() + 20_000).toISOString()
    await setRow(id, `status = 'pairing', pairing = '{"kind":"qr","data":"KODE","expiresAt":"${expiresAt}"}'`)
    expect((await service.pairing(workspaceId, id)).qr).toEqual({ data: 'KODE', expiresAt })
    await service.scan(workspaceId, actor, id, 'KODE')
    await core.clock.advanceBy(20_000)
    expect((await service.pairing(workspaceId, id)).qr).toBeNull()
    await expect(service.scan(workspaceId, actor, id, 'KODE')).rejects.toMatchObject({
      code: 'sender_wrong_state',
    })
  })

  test('a sender that a campaign in progress uses cannot be deleted, one of a finished campaign can', async () => {
    const id = await addSender()
    const campaignId = core.newId('cmp')
    const status: CampaignStatus = 'paused'
    await database.db.insert(campaigns).values({
      id: campaignId,
      workspaceId,
      name: 'Promo',
      purpose: 'marketing',
      status,
      senderIds: [id],
      createdBy: actor.id,
    })
    await expect(service.remove(workspaceId, actor, id)).rejects.toMatchObject({ code: 'sender_in_use' })
    await database.pool.query(`update campaigns set status = 'completed' where id = $1`, [campaignId])
    await service.remove(workspaceId, actor, id)
    await expect(service.get(workspaceId, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('health counts what was sent today and in this clock hour', async () => {
    const id = await addSender({ settings: SenderSettings.parse({ paced: true, warmUp: false }) })
    await database.db
      .insert(senderDays)
      .values({ workspaceId, senderId: id, day: '2026-11-20', accepted: 30, delivered: 30, unknown: 1 })
    await addAttempt(id, 'accepted')
    await addAttempt(id, 'not_sent')
    await core.clock.advanceBy(3_600_000)
    await addAttempt(id, 'accepted')
    const { health } = await service.get(workspaceId, id)
    expect(health).toMatchObject({ today: { used: 31, allowed: 1000 }, hour: { used: 1, allowed: 200 } })
    expect(health.days).toHaveLength(1)
  })
})

async function addAttempt(senderId: string, outcome: string): Promise<void> {
  await database.pool.query(
    `insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at, outcome)
     values ($1, $2, 'rcp', 'run', $3, 1, now(), $4)`,
    [core.newId('msg'), workspaceId, senderId, outcome],
  )
}
