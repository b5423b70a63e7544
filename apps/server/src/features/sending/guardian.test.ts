import { senderHaltOperations } from '@siar/contract'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { describe, expect, test } from 'vitest'
import { findRunHarm } from '../campaigns/index.ts'
import { addManager, stageRunningSender } from './rig.fixtures.ts'

const stage = stageRunningSender(await testDatabase({ poolMax: 12 }))

type People = readonly { readonly id: string; readonly phone: string }[]

const block = async (people: readonly { readonly phone: string }[], by = stage.senderId): Promise<void> => {
  for (const { phone } of people) await stage.simulator.control.block(by, phone, 'block')
}

const haltOf = async (id: string) => {
  const [row] = await stage.shop.query<{ halt: Record<string, unknown> | null }>(
    'select halt from senders where id = $1',
    [id],
  )
  return row?.halt ?? null
}

const untilHalted = (id: string) => waitUntil(() => haltOf(id), { what: 'the halt of a sender' })

/** Two weeks in which one of 300 people blocked the number. */
const giveHistory = async (id: string, accepted = 3_000, blocks = 10): Promise<void> => {
  await stage.shop.query(
    `insert into sender_days (workspace_id, sender_id, day, accepted, blocks, delivered)
     values ($1, $2, '2026-11-10', $3, $4, $3)`,
    [stage.shop.workspaceId, id, accepted, blocks],
  )
}

/** Sends a campaign to everybody through a sender and leaves it open, as if more people waited. */
const sendTo = async (
  count: number,
  changes: Record<string, unknown> = {},
): Promise<{ id: string; people: People }> => {
  const people = await stage.shop.addContacts(count)
  const last = await stage.shop.addContact()
  const include = [...people, last].map((contact) => ({ kind: 'contact' as const, id: contact.id }))
  const { id } = await stage.shop.draft({ audience: { include, exclude: [] }, ...changes })
  await stage.simulator.control.addRule({
    to: last.phone,
    end: { kind: 'refused', reason: 'healthy_ecosystem' },
  })
  await stage.shop.start(id)
  await stage.world.untilFigures(id, { read: count, queued: 1 })
  return { id, people }
}

describe('when many people block a number', () => {
  test('its marketing and the campaign are halted with the reason in figures, people are told, and a person decides', async () => {
    const mailTo = {
      id: await addManager(stage.world, 'id'),
      en: await addManager(stage.world, 'en', 'admin'),
    }
    await addManager(stage.world, 'en', 'viewer')
    await giveHistory(stage.senderId)
    const { id, people } = await sendTo(60)
    await block(people.slice(0, 8))
    const halt = await untilHalted(stage.senderId)
    await stage.world.untilStatus(id, 'halted')
    const { harmed } = (halt['alarm'] ?? {}) as { harmed: number }
    expect(halt).toMatchObject({
      reason: 'guardian',
      senderId: stage.senderId,
      until: '2026-11-20T17:00:00.000Z',
      alarm: { harm: 'block', messages: 60, usualOneOf: 295, span: 'today' },
    })
    expect(harmed).toBeGreaterThanOrEqual(3)
    expect(harmed).toBeLessThanOrEqual(8)
    expect((await stage.shop.get(id)).halt).toMatchObject({
      reason: 'guardian',
      text: expect.stringMatching(
        /^[3-8] dari 60 orang memblokir atau melaporkan nomor ini dalam kampanye ini; biasanya 1 dari 295\.$/,
      ) as string,
      until: '2026-11-20T17:00:00.000Z',
    })
    const events = await stage.shop.query<{ kind: string; detail: string }>(
      'select kind, detail from sender_events where sender_id = $1',
      [stage.senderId],
    )
    const words = `${harmed} dari 60 orang memblokir atau melaporkan nomor ini hari ini; biasanya 1 dari 295.`
    expect(events).toEqual([{ kind: 'guardian_halted', detail: words }])
    const actions = stage.world.core.audits.map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['sender.halt', 'campaign.halt']))
    await waitUntil(() => stage.rig.mails.length === 2, { what: 'two mails' })
    const mails = new Map(stage.rig.mails.map(({ to, content }) => [to, content]))
    expect(mails.get(mailTo.id)?.paragraphs.join(' ')).toMatch(
      /dari 60 orang memblokir .* Boleh dilanjutkan mulai/,
    )
    expect(mails.get(mailTo.en)?.paragraphs.join(' ')).toMatch(/of 60 people blocked .* It may go on from/)
  })

  test('counts blocks and opt-outs in the figures of the run', async () => {
    const { id, people } = await sendTo(6)
    await block(people.slice(0, 2))
    await stage.simulator.control.incoming(stage.senderId, people[2]?.phone ?? '', 'STOP')
    const runId = await waitUntil(async () => {
      const [run] = await stage.shop.query<{ id: string; found: number }>(
        `select r.id, (select count(*)::int from run_figures f where f.run_id = r.id
           and (f.figure, f.count) in (('block', 2), ('opt_out', 1))) as found from runs r where r.campaign_id = $1`,
        [id],
      )
      return run?.found === 2 ? run.id : null
    })
    const harm = await stage.world.core.inWorkspace(stage.shop.workspaceId, (scope) =>
      findRunHarm(scope, runId),
    )
    expect(harm).toMatchObject({ block: { harmed: 2, messages: 6 }, opt_out: { harmed: 1, messages: 6 } })
    expect(await haltOf(stage.senderId)).toBeNull()
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('marketing waits in every campaign, service messages go out', async () => {
    const { people } = await sendTo(40)
    await block(people.slice(0, 6))
    await untilHalted(stage.senderId)
    const marketing = await stage.shop.draft({ name: 'Promo lain' })
    const service = await stage.shop.draft({
      name: 'Struk',
      purpose: 'service',
      audience: { include: people.map(({ id }) => ({ kind: 'contact' as const, id })), exclude: [] },
    })
    const before = (await stage.simulator.control.counts()).frames
    await stage.shop.start(marketing.id)
    await stage.shop.start(service.id)
    await stage.world.untilStatus(service.id, 'completed')
    const sent = (await stage.shop.get(service.id)).figures.sent
    expect(sent).toBe(34)
    expect((await stage.simulator.control.counts()).frames).toBe(before + sent)
    expect(await stage.shop.get(marketing.id)).toMatchObject({
      status: 'running',
      figures: { sent: 0 },
      halt: { reason: 'guardian', senderId: stage.senderId },
    })
    const { warnings } = await stage.shop.forecasts.forecast(stage.shop.workspaceId, marketing.id, 'en')
    expect(warnings.find(({ code }) => code === 'sender_halted')?.message).toMatch(/of 40 people blocked/)
    await stage.world.halts.release(stage.shop.workspaceId, stage.shop.actor, stage.senderId as never, true)
    stage.rig.owned.setStatus(stage.senderId, 'online')
    await waitUntil(async () => (await stage.shop.get(marketing.id)).figures.sent > 0)
  })

  test('and they do so because of one campaign on several numbers, the campaign stands still and the numbers go on', async () => {
    const senders = [stage.senderId]
    for (let more = 0; more < 5; more += 1) senders.push(await stage.rig.openSender())
    for (const id of senders) await giveHistory(id, 600, 2)
    const { id, people } = await sendTo(120)
    const bySender = await stage.shop.query<{ sender_id: string; phone: string }>(
      `select distinct on (sender_id, sequence) sender_id, address as phone from recipients
       where campaign_id = $1 and status = 'read' order by sender_id, sequence`,
      [id],
    )
    expect(people).toHaveLength(120)
    const groups = [...Map.groupBy(bySender, (row) => row.sender_id)]
    for (let round = 0; round < 2; round += 1) {
      for (const [by, rows] of groups) await block(rows.slice(round, round + 1), by)
    }
    await stage.world.untilStatus(id, 'halted')
    expect((await stage.shop.get(id)).halt).toMatchObject({ reason: 'guardian', senderId: null })
    for (const sender of senders) expect(await haltOf(sender)).toBeNull()
  })

  test('nothing depends on memory: half of the blocks came to a process that is gone', async () => {
    const { id, people } = await sendTo(60)
    await block(people.slice(0, 3))
    await waitUntil(async () => {
      const [row] = await stage.shop.query<{ blocks: number }>(
        'select blocks from sender_days where sender_id = $1',
        [stage.senderId],
      )
      return row?.blocks === 3
    })
    await stage.rig.kill()
    await stage.startRig(stage.simulator, { epoch: 2 })
    await block(people.slice(3, 8))
    await untilHalted(stage.senderId)
    await stage.world.untilStatus(id, 'halted')
  })
})

describe('letting it go on', () => {
  const haltBy = async (): Promise<{ id: string; people: People }> => {
    const sent = await sendTo(60)
    await block(sent.people.slice(0, 8))
    await untilHalted(stage.senderId)
    await stage.world.untilStatus(sent.id, 'halted')
    return sent
  }
  const release = (confirmEarly: boolean) =>
    stage.world.halts.release(stage.shop.workspaceId, stage.shop.actor, stage.senderId as never, confirmEarly)

  test('before its time takes a person who says so; afterwards it does not; twice equals once', async () => {
    await haltBy()
    await expect(release(false)).rejects.toMatchObject({ code: 'halt_not_over' })
    expect((await release(true)).halt).toBeNull()
    expect((await release(false)).halt).toBeNull()
    const lines = stage.world.core.audits.filter(({ action }) => action === 'sender.release')
    expect(lines.map(({ details }) => details)).toEqual([{ early: true }])
    expect(senderHaltOperations.release.access).toBe('senders.manage')
  })

  test('a campaign before its time takes a person who says so too; afterwards it does not', async () => {
    const { id } = await haltBy()
    await release(true)
    const resume = (confirmEarly?: boolean) =>
      stage.shop.control.resume(
        stage.shop.workspaceId,
        stage.shop.actor,
        id,
        confirmEarly === undefined ? undefined : { confirmEarly },
      )
    const { halt } = await stage.shop.get(id)
    const refusal = { code: 'halt_not_over', details: { until: halt?.until } }
    await expect(resume()).rejects.toMatchObject(refusal)
    await expect(resume(false)).rejects.toMatchObject(refusal)
    expect(await stage.shop.get(id)).toMatchObject({ status: 'halted', halt: { until: halt?.until } })
    expect((await resume(true)).status).toBe('running')
  })

  test('what was counted before is not counted again, also what comes late of it', async () => {
    const { id, people } = await haltBy()
    await release(true)
    await stage.shop.control.resume(stage.shop.workspaceId, stage.shop.actor, id, { confirmEarly: true })
    expect(await stage.shop.get(id)).toMatchObject({ status: 'running', halt: null })
    await stage.world.core.clock.advanceBy(60_000)
    const more = await sendTo(30)
    await block(people.slice(8, 14))
    await stage.rig.sending.stop()
    expect(await haltOf(stage.senderId)).toBeNull()
    expect((await stage.shop.get(id)).status).toBe('running')
    expect((await stage.shop.get(more.id)).status).toBe('running')
  })

  test('a second halt within a month lasts longer', async () => {
    await haltBy()
    await release(true)
    await stage.world.core.clock.advanceBy(60_000)
    const again = await sendTo(60)
    await block(again.people.slice(0, 10))
    expect((await untilHalted(stage.senderId))['until']).toBe('2026-11-22T17:00:00.000Z')
  })
})

describe('messages that do not arrive', () => {
  const onlineSince = (at: Date) =>
    stage.shop.query('update senders set status_at = $2 where id = $1', [stage.senderId, at])
  const round = async (): Promise<void> => {
    for (const { definition } of stage.rig.sending.jobs) await stage.world.core.jobs.add(definition, {})
    await stage.world.core.jobs.drain()
  }
  const loseReceipts = (id: string) =>
    stage.shop.query(
      `update recipients set status = 'accepted', delivered_at = null, read_at = null
       where campaign_id = $1 and status = 'read'`,
      [id],
    )

  test('halt the sender once their time is over, each counted once', async () => {
    await round()
    const { id } = await sendTo(40)
    await loseReceipts(id)
    await stage.world.core.clock.advanceBy(21 * 60_000)
    await onlineSince(new Date(stage.world.core.now().getTime() - 86_400_000))
    await round()
    expect(await untilHalted(stage.senderId)).toMatchObject({
      alarm: { harm: 'missing', harmed: 40, messages: 40, span: 'today' },
    })
    await round()
    const [row] = await stage.shop.query<{ ripe: number; missing: number }>(
      'select ripe, missing from sender_days where sender_id = $1',
      [stage.senderId],
    )
    expect(row).toEqual({ ripe: 40, missing: 40 })
  })

  test('of a sender that was offline meanwhile say nothing: their receipts may only not have come', async () => {
    await stage.world.core.clock.advanceBy(1)
    const { id } = await sendTo(40)
    await round()
    await loseReceipts(id)
    await stage.world.core.clock.advanceBy(21 * 60_000)
    await onlineSince(stage.world.core.now())
    await round()
    expect(await haltOf(stage.senderId)).toBeNull()
  })
})
