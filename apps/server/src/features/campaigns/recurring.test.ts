import type { Campaign } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { failsWith } from '../../testing/fails-with.ts'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'
import { completeRuns } from './index.ts'

const database = await testDatabase()
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** 10:00 in Jakarta, a Friday. */
const startAt = new Date('2026-11-20T03:00:00Z')
let present = startAt
/** A clock that may be set wrong, and right again. */
const core = createTestCore(database, { startAt, edges: { now: () => present } })
const setClock = (to: Date): void => void (present = to)
let shop: ShopFixture

beforeEach(async () => {
  setClock(startAt)
  core.audits.length = 0
  shop = await buildShop(core)
  await shop.addSender()
})

const daily = {
  kind: 'recurring' as const,
  at: '2026-11-21T09:00',
  timeZone: 'Asia/Jakarta',
  rule: 'FREQ=DAILY',
}
/** 09:00 in Jakarta on a day of November. */
const nine = (day: number): string => new Date(Date.UTC(2026, 10, day, 2)).toISOString()
const goTo = (iso: string, laterMs = 0) => setClock(new Date(Date.parse(iso) + laterMs))

async function plan(schedule: Campaign['schedule'] = daily): Promise<string> {
  const { id } = await shop.draft({ schedule })
  await shop.start(id)
  return id
}

/** Everybody of the present run got the message. */
async function finishRun(id: string): Promise<void> {
  const [run] = await shop.query<{ current_run_id: string }>(
    'select current_run_id from campaigns where id = $1',
    [id],
  )
  const runId = run?.current_run_id ?? ''
  await shop.query(
    `update recipients set status = 'accepted', due_at = null where run_id = $1 and status = 'queued'`,
    [runId],
  )
  await shop.query(`update run_figures set figure = 'accepted' where run_id = $1 and figure = 'queued'`, [
    runId,
  ])
  await core.inWorkspace(shop.workspaceId, (scope) => completeRuns(core, scope, [runId]))
}

const runsOf = async (id: string) =>
  (await shop.runs.listRuns(shop.workspaceId, id, { limit: 50 }, 'en')).data
const shown = async (id: string) =>
  (await runsOf(id)).map(({ number, status, occurrenceAt, figures }) => [
    number,
    status,
    occurrenceAt,
    figures.total,
  ])
const skip = (id: string, iso: string) => shop.runs.skip(shop.workspaceId, shop.actor, id, new Date(iso))

describe('a series', () => {
  test('runs at every occurrence, each with its own people and figures, and waits for the next in between', async () => {
    await shop.addContacts(2)
    const id = await plan()
    expect(await shop.get(id)).toMatchObject({ status: 'scheduled', startAt: nine(21), runs: 0 })
    goTo(nine(21))
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'running', runs: 1, startAt: nine(22) })
    await finishRun(id)
    expect(await shop.get(id)).toMatchObject({ status: 'scheduled', finishedAt: null, startAt: nine(22) })
    await shop.addContacts(3)
    goTo(nine(22))
    await shop.starts.startDue()
    await finishRun(id)
    expect(await shown(id)).toEqual([
      [2, 'completed', nine(22), 5],
      [1, 'completed', nine(21), 2],
    ])
  })

  test('is completed when no occurrence is left', async () => {
    await shop.addContact()
    const id = await plan({ ...daily, rule: 'FREQ=DAILY;COUNT=2' })
    for (const day of [21, 22]) {
      goTo(nine(day))
      await shop.starts.startDue()
      await finishRun(id)
    }
    expect(await shop.get(id)).toMatchObject({ status: 'completed', runs: 2, startAt: null })
    goTo(nine(23))
    await shop.starts.startDue()
    expect((await shop.get(id)).runs).toBe(2)
  })

  test('two processes at once start an occurrence once', async () => {
    await shop.addContacts(20)
    const id = await plan()
    goTo(nine(21))
    await Promise.all([shop.starts.startDue(), shop.starts.startDue(), shop.starts.startDue()])
    expect(await shown(id)).toEqual([[1, 'running', nine(21), 20]])
    await finishRun(id)
    await Promise.all([shop.starts.startDue(), shop.starts.startDue()])
    expect(await shown(id)).toHaveLength(1)
  })

  test('an occurrence with nobody to send to is recorded and explained, and the series goes on', async () => {
    const someone = await shop.addContact()
    const id = await plan()
    await shop.query(`update contacts set marketing_consent = 'withdrawn' where id = $1`, [someone.id])
    goTo(nine(21))
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'scheduled', startAt: nine(22) })
    const [run] = await runsOf(id)
    expect(run).toMatchObject({
      status: 'completed',
      occurrenceAt: nine(21),
      figures: { total: 1, skipped: 1 },
    })
    expect(run?.note).toContain('nobody')
    await shop.query(`update contacts set marketing_consent = 'granted' where id = $1`, [someone.id])
    goTo(nine(22))
    await shop.starts.startDue()
    expect((await shop.get(id)).status).toBe('running')
  })

  test('between two runs what failed in the last one can be tried again, and the next occurrence stays planned', async () => {
    await shop.addContact()
    const id = await plan()
    goTo(nine(21))
    await shop.starts.startDue()
    await finishRun(id)
    await shop.query(`update recipients set status = 'refused', reason = 'other' where campaign_id = $1`, [
      id,
    ])
    await shop.query(
      `update run_figures set figure = 'refused' where workspace_id = $1 and figure = 'accepted'`,
      [shop.workspaceId],
    )
    const again = await shop.control.retryFailed(shop.workspaceId, shop.actor, id)
    expect(again).toMatchObject({ status: 'running', startAt: nine(22) })
    await finishRun(id)
    expect(await shop.get(id)).toMatchObject({ status: 'scheduled', startAt: nine(22), runs: 1 })
  })

  test('cancelling ends it for good, also between two runs', async () => {
    await shop.addContact()
    const id = await plan()
    await shop.control.cancel(shop.workspaceId, shop.actor, id)
    goTo(nine(21))
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'cancelled', runs: 0 })
  })

  test('taken off the schedule and put on again it goes on with the next occurrence that is to come', async () => {
    await shop.addContact()
    const id = await plan()
    await shop.starts.unschedule(shop.workspaceId, shop.actor, id)
    goTo(nine(24), hourMs)
    await shop.starts.startDue()
    await shop.start(id)
    expect(await shop.get(id)).toMatchObject({ status: 'scheduled', startAt: nine(25), runs: 0 })
  })

  test('a change of the schedule moves the next start', async () => {
    await shop.addContact()
    const id = await plan()
    const weekly = { ...daily, rule: 'FREQ=WEEKLY;BYDAY=WE' }
    const changed = await shop.campaigns.update(shop.workspaceId, shop.actor, id, { schedule: weekly })
    expect(changed).toMatchObject({ status: 'scheduled', startAt: nine(25) })
    const now = await shop.campaigns.update(shop.workspaceId, shop.actor, id, { schedule: { kind: 'now' } })
    expect(now).toMatchObject({ status: 'draft', startAt: null })
  })
})

describe('an occurrence that cannot run', () => {
  test('is passed over with a note and a line in the audit log while the run before goes on', async () => {
    await shop.addContact()
    const id = await plan()
    goTo(nine(21))
    await shop.starts.startDue()
    goTo(nine(23), 60_000)
    await Promise.all([shop.starts.startDue(), shop.starts.startDue()])
    expect(await shown(id)).toEqual([
      [3, 'cancelled', nine(23), 0],
      [2, 'cancelled', nine(22), 0],
      [1, 'running', nine(21), 1],
    ])
    const [passed] = await runsOf(id)
    expect(passed?.note).toContain('the run before had not finished')
    expect(core.audits.filter(({ action }) => action === 'campaign.pass_over')).toEqual([
      expect.objectContaining({
        subjectId: id,
        details: { reason: 'previous_running', occurrences: 2, first: nine(22) },
      }),
    ])
    expect(await shop.get(id)).toMatchObject({ status: 'running', startAt: nine(24) })
    await finishRun(id)
    expect((await shop.get(id)).status).toBe('scheduled')
    expect(await shop.reports.report(shop.workspaceId, id, 'en')).toMatchObject({ run: { number: 1 } })
  })

  test('pausing stops the run, and occurrences that come meanwhile are passed over', async () => {
    await shop.addContact()
    const id = await plan()
    goTo(nine(21))
    await shop.starts.startDue()
    await shop.control.pause(shop.workspaceId, shop.actor, id)
    goTo(nine(22), 60_000)
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'paused', startAt: nine(23) })
    await shop.control.resume(shop.workspaceId, shop.actor, id)
    await finishRun(id)
    expect(await shop.get(id)).toMatchObject({ status: 'scheduled', startAt: nine(23) })
  })

  test('asks when it was missed by more than an hour; run late, it is the run of its own time', async () => {
    await shop.addContact()
    const id = await plan()
    goTo(nine(22), hourMs + 1000)
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'overdue', statusReason: 'missed', startAt: nine(21) })
    await shop.start(id)
    expect(await shown(id)).toEqual([
      [2, 'cancelled', nine(22), 0],
      [1, 'running', nine(21), 1],
    ])
    expect((await shop.get(id)).startAt).toBe(nine(23))
  })

  test('may be passed over by a person, overdue or next, and only once however often one clicks', async () => {
    await shop.addContact()
    const id = await plan()
    goTo(nine(22), 2 * hourMs)
    await shop.starts.startDue()
    expect(await skip(id, nine(21))).toMatchObject({
      status: 'scheduled',
      startAt: nine(23),
      statusReason: null,
    })
    expect(await skip(id, nine(21))).toMatchObject({ startAt: nine(23) })
    expect(await skip(id, nine(23))).toMatchObject({ startAt: nine(24) })
    expect((await runsOf(id)).map(({ note }) => note?.slice(0, 30))).toEqual([
      'Passed over by a member of the',
      'Passed over: its time was miss',
      'Passed over by a member of the',
    ])
    await shop.starts.unschedule(shop.workspaceId, shop.actor, id)
    await shop.query(`delete from runs where occurrence_at = $1`, [nine(21)])
    goTo(nine(22), 3 * hourMs)
    await shop.start(id)
    expect((await shop.get(id)).startAt).toBe(nine(24))
  })

  test('the last one passed over ends the series', async () => {
    await shop.addContact()
    const id = await plan({ ...daily, rule: 'FREQ=DAILY;COUNT=1' })
    expect(await skip(id, nine(21))).toMatchObject({ status: 'completed', startAt: null })
    await expect(skip(id, nine(21))).rejects.toEqual(failsWith('campaign_wrong_state'))
  })

  test('only a recurring campaign that waits has an occurrence to pass over', async () => {
    await shop.addContact()
    const { id } = await shop.draft({ schedule: daily })
    await expect(skip(id, nine(21))).rejects.toEqual(failsWith('campaign_wrong_state'))
    const once = await plan({ kind: 'at', at: '2026-11-21T09:00', timeZone: 'Asia/Jakarta' })
    await expect(skip(once, nine(21))).rejects.toEqual(failsWith('campaign_wrong_state'))
  })

  test('what stands in the way of a start is shown, and nothing is lost', async () => {
    await shop.addContact()
    const id = await plan()
    await shop.query(`update senders set status = 'logged_out'`)
    goTo(nine(21))
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({
      status: 'overdue',
      statusReason: 'campaign_no_sender',
      startAt: nine(21),
    })
    expect(await shown(id)).toEqual([])
  })
})

describe('what is refused', () => {
  test.each([
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'recurrence_never'],
    ['FREQ=MINUTELY', 'recurrence_too_frequent'],
    ['FREQ=DAILY;COUNT=100000', 'recurrence_too_many'],
    ['FREQ=DAILY\nDTSTART:20200101T000000Z', 'recurrence_not_supported'],
    ['every day', 'recurrence_malformed'],
  ])('%s when saving: %s', async (rule, code) => {
    await expect(shop.draft({ schedule: { ...daily, rule } })).rejects.toEqual(failsWith(code))
    const { id } = await shop.draft()
    const change = shop.campaigns.update(shop.workspaceId, shop.actor, id, { schedule: { ...daily, rule } })
    await expect(change).rejects.toEqual(failsWith(code))
  })

  test('a day that does not exist, and a series or a time that has passed', async () => {
    await expect(shop.draft({ schedule: { ...daily, at: '2026-02-30T09:00' } })).rejects.toEqual(
      failsWith('validation_failed'),
    )
    await shop.addContact()
    const over = { ...daily, at: '2026-11-01T09:00', rule: 'FREQ=DAILY;COUNT=3' }
    const local = { kind: 'recipient_local' as const, at: '2026-11-18T09:00' }
    for (const schedule of [
      over,
      local,
      { kind: 'at' as const, at: '2026-11-20T09:59', timeZone: 'Asia/Jakarta' },
    ]) {
      const { id } = await shop.draft({ schedule })
      await expect(shop.start(id)).rejects.toEqual(failsWith('schedule_in_past'))
      expect((await shop.get(id)).status).toBe('draft')
    }
  })
})

describe('a start that was missed', () => {
  const at = { kind: 'at' as const, at: '2026-11-20T12:00', timeZone: 'Asia/Jakarta' }
  const noon = Date.parse('2026-11-20T05:00:00Z')

  test.each([
    ['by an hour: it starts', hourMs, 'running'],
    ['by more: it asks', hourMs + 1, 'overdue'],
    ['by days, after a restart: it asks', 3 * dayMs, 'overdue'],
  ])('%s', async (_title, lateMs, status) => {
    await shop.addContact()
    const id = await plan(at)
    setClock(new Date(noon + lateMs))
    await shop.starts.startDue()
    expect((await shop.get(id)).status).toBe(status)
  })

  test('a clock that jumps an hour back neither starts it early nor twice', async () => {
    await shop.addContact()
    const id = await plan(at)
    setClock(new Date(noon - hourMs))
    await shop.starts.startDue()
    expect((await shop.get(id)).status).toBe('scheduled')
    setClock(new Date(noon))
    await shop.starts.startDue()
    setClock(new Date(noon - hourMs))
    await shop.starts.startDue()
    setClock(new Date(noon))
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'running', runs: 1 })
  })

  test('a clock that jumps an hour ahead starts it once, and once it is set right nothing starts again', async () => {
    await shop.addContact()
    const id = await plan(daily)
    goTo(nine(21), -30 * 60_000 + hourMs)
    await shop.starts.startDue()
    await finishRun(id)
    goTo(nine(21))
    await shop.starts.startDue()
    expect(await shop.get(id)).toMatchObject({ status: 'scheduled', startAt: nine(22), runs: 1 })
  })

  test('one that asks although its time is still to come goes back on the schedule when a person starts it', async () => {
    await shop.addContact()
    const id = await plan(at)
    await shop.query(`update campaigns set status = 'overdue', status_reason = 'restored' where id = $1`, [
      id,
    ])
    expect(await shop.start(id)).toMatchObject({ status: 'scheduled', statusReason: null, runs: 0 })
  })
})
