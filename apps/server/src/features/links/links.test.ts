import { exampleShortCode } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import fastify from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestApp } from '../../testing/test-app.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { countClicked } from '../sending/index.ts'
import { ClickRecorder } from './click-recorder.ts'
import { insertClicks } from './clicks.repo.ts'
import { createLinkService, linkPages } from './index.ts'
import { phoneBrowser, startTracked } from './links.fixtures.ts'

const world = await createTestApp(await testDatabase({ poolMax: 12 }))
const { core } = world
const { links } = world.services
let shop: ShopFixture
let tracked: Awaited<ReturnType<typeof startTracked>>

const text = 'Halo {name}, lihat https://toko.id/promo?a=1&b=2 atau https://toko.id/baju.'

beforeEach(async () => {
  shop = await buildShop(core)
  tracked = await startTracked(core, shop, text)
})

const visit = (code: string, headers: Record<string, string> = {}, method = 'GET') =>
  world.nobody.send(method, `/r/${code}`, { headers: { 'user-agent': phoneBrowser, ...headers } })

async function clicksOf(campaignId = tracked.campaignId) {
  await links.flush()
  const [row] = await shop.query<{ people: number; robots: number; clicked: number; figure: number }>(
    `select (select count(*)::int from clicks k where k.run_id = r.id and not k.is_robot) as people,
       (select count(*)::int from clicks k where k.run_id = r.id and k.is_robot) as robots,
       (select count(*)::int from recipients x where x.run_id = r.id and x.clicked_at is not null) as clicked,
       coalesce((select count from run_figures f where f.run_id = r.id and f.figure = 'clicked'), 0)::int as figure
     from runs r where r.campaign_id = $1`,
    [campaignId],
  )
  return row
}

describe('a tracked link', () => {
  test('leads to the address of the text and tells nobody in between to keep the answer', async () => {
    const reply = await visit(tracked.codeOf(1))
    expect(reply.status).toBe(302)
    expect(reply.headers).toMatchObject({
      location: 'https://toko.id/promo?a=1&b=2',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    })
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect((await visit(tracked.codeOf(2, 1))).headers['location']).toBe('https://toko.id/baju')
    expect(await clicksOf()).toEqual({ people: 2, robots: 0, clicked: 2, figure: 2 })
  })

  test('is one row for each run, however often it stands in the texts', async () => {
    expect(tracked.targets.map(({ url }) => url)).toEqual([
      'https://toko.id/promo?a=1&b=2',
      'https://toko.id/baju',
    ])
  })

  test('counts each visit as a click and each person once, replays and visits at once included', async () => {
    await Promise.all(Array.from({ length: 8 }, () => visit(tracked.codeOf(1))))
    await Promise.all([visit(tracked.codeOf(1, 1)), visit(tracked.codeOf(2)), links.flush()])
    expect(await clicksOf()).toEqual({ people: 10, robots: 0, clicked: 2, figure: 2 })
    const report = await shop.reports.report(shop.workspaceId, tracked.campaignId, 'en')
    expect(report.links).toEqual([
      { url: 'https://toko.id/promo?a=1&b=2', clicks: 9, people: 2 },
      { url: 'https://toko.id/baju', clicks: 1, people: 1 },
    ])
    expect(report.figures.clicked).toBe(2)
    expect(core.events).toContainEqual({
      kind: 'campaign.progress',
      workspaceId: shop.workspaceId,
      id: tracked.campaignId,
    })
  })

  test('marks a person once when two processes write at the same time', async () => {
    const processes = [1, 2, 3].map(() =>
      createLinkService(core, (scope, people) => countClicked(core, scope, people)),
    )
    for (const one of processes)
      for (const sequence of [2, 1]) await one.follow(tracked.codeOf(sequence), true)
    await Promise.all(processes.map((one) => one.close()))
    expect(await clicksOf()).toEqual({ people: 6, robots: 0, clicked: 2, figure: 2 })
  })

  test('keeps robots apart: answered, noted, counted nowhere', async () => {
    for (const userAgent of [
      'WhatsApp/2.23.20.0 A',
      'facebookexternalhit/1.1',
      'TelegramBot (like TwitterBot)',
      '',
    ]) {
      expect((await visit(tracked.codeOf(1), { 'user-agent': userAgent })).status).toBe(302)
    }
    expect((await visit(tracked.codeOf(1), { 'sec-purpose': 'prefetch' })).status).toBe(302)
    const head = await visit(tracked.codeOf(1), {}, 'HEAD')
    expect([head.status, head.headers['location'], head.text]).toEqual([
      302,
      'https://toko.id/promo?a=1&b=2',
      '',
    ])
    expect(await clicksOf()).toEqual({ people: 0, robots: 6, clicked: 0, figure: 0 })
    const { links: shown } = await shop.reports.report(shop.workspaceId, tracked.campaignId, 'id')
    expect(shown.map(({ clicks }) => clicks)).toEqual([0, 0])
  })

  test('shows in the history of its person, without the robots', async () => {
    await visit(tracked.codeOf(1), { 'user-agent': 'WhatsApp/2.23' })
    await visit(tracked.codeOf(1))
    await links.flush()
    const [first] = await shop.query<{ contact_id: string }>(
      'select contact_id from recipients where run_id = $1 and sequence = 1',
      [tracked.runId],
    )
    const { rows } = await world.services.contacts.timeline(shop.workspaceId, first?.contact_id as never, {
      limit: 20,
    })
    const clicks = rows.filter(({ kind }) => kind === 'click')
    expect(clicks).toMatchObject([
      { subject: 'Promo', detail: 'https://toko.id/promo?a=1&b=2', status: 'clicked' },
    ])
  })
})

describe('a click', () => {
  test('settles a message of which nobody knew, because it stands in no other; a robot settles nothing', async () => {
    await shop.query(
      `update recipients set status = 'unknown', reason = 'timeout', due_at = null where run_id = $1`,
      [tracked.runId],
    )
    await shop.query(`update run_figures set figure = 'unknown' where run_id = $1 and figure = 'queued'`, [
      tracked.runId,
    ])
    await visit(tracked.codeOf(1), { 'user-agent': 'WhatsApp/2.23' })
    await links.flush()
    expect(await shop.statuses(tracked.campaignId)).toEqual({ unknown: 2 })
    await visit(tracked.codeOf(1))
    await visit(tracked.codeOf(1))
    await links.flush()
    expect(await shop.statuses(tracked.campaignId)).toEqual({ unknown: 1, read: 1 })
    await shop.expectFiguresToAddUp(tracked.campaignId)
    const [day] = await shop.query(
      'select accepted, delivered, read from sender_days where workspace_id = $1',
      [shop.workspaceId],
    )
    expect(day).toEqual({ accepted: 1, delivered: 1, read: 1 })
  })

  test('keeps nothing of the visitor: no address and no name of the browser', async () => {
    await visit(tracked.codeOf(1), { 'x-forwarded-for': '203.0.113.77', cookie: 'who=me' })
    await links.flush()
    const [row] = await shop.query<object>(
      'select to_jsonb(k)::text as row from clicks k where run_id = $1',
      [tracked.runId],
    )
    expect(JSON.stringify(row)).not.toMatch(/203\.0\.113|127\.0\.0\.1|Mozilla|who=me/)
  })
})

describe('a code that leads nowhere', () => {
  const expectNowhere = async (code: string) => {
    const reply = await visit(code)
    expect(reply.headers['location'], code).toBeUndefined()
    expect(reply.status, code).toBe(404)
    return reply
  }

  test('answers with a friendly page in both languages', async () => {
    const reply = await expectNowhere('1111111111')
    expect(reply.text).toMatch(/Tautan tidak ditemukan/)
    expect(reply.text).toMatch(/Link not found/)
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
    expect(reply.headers['content-type']).toMatch(/^text\/html/)
  })

  test('is any text that was not made here, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
          fc.string({
            unit: fc.constantFrom(...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'),
            minLength: 8,
            maxLength: 19,
          }),
        ),
        async (code) => {
          const { status, headers } = await visit(encodeURIComponent(code.toWellFormed()))
          expect([400, 404]).toContain(status)
          expect(headers['location']).toBeUndefined()
        },
      ),
      { numRuns: 300 },
    )
    for (const code of [
      'https:%2F%2Fevil.example',
      '%2F%2Fevil.example',
      'javascript:alert(1)',
      '..%2F..%2Fetc',
      '%00',
      "1' or '1'='1",
      'x'.repeat(3_000),
    ]) {
      const { status, headers } = await visit(code)
      expect([400, 404, 414], code).toContain(status)
      expect(headers['location'], code).toBeUndefined()
    }
    const code = tracked.codeOf(1)
    for (const altered of [
      `${code}1`,
      code.slice(0, -1),
      code.toLowerCase(),
      code.toUpperCase(),
      `1${code}`,
    ]) {
      if (altered !== code) await expectNowhere(altered)
    }
    expect(await clicksOf()).toEqual({ people: 0, robots: 0, clicked: 0, figure: 0 })
  })

  test('takes no address from the visitor: neither from the query nor from a header', async () => {
    const reply = await world.nobody.send('GET', `/r/${tracked.codeOf(1)}`, {
      query: { url: 'https://evil.example', next: '//evil.example' },
      headers: { 'user-agent': phoneBrowser, host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    })
    expect(reply.headers['location']).toBe('https://toko.id/promo?a=1&b=2')
  })

  test('never leads to an address that is not of the web, should one ever stand in the table', async () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      'file:///etc/passwd',
      'https://a.id\r\nset-cookie: x=1/',
    ]) {
      await shop.query('update link_targets set url = $2 where number = $1', [
        tracked.targets[0]?.number,
        url,
      ])
      const { status, headers } = await visit(tracked.codeOf(1))
      expect(headers['set-cookie'], url).toBeUndefined()
      if (status !== 404) expect(headers['location']).toMatch(/^https:\/\/a\.id/)
    }
  })

  test('is one of a removed campaign, and one of a suspended or removed workspace', async () => {
    await shop.control.cancel(shop.workspaceId, shop.actor, tracked.campaignId)
    expect((await visit(tracked.codeOf(1))).status).toBe(302)
    for (const status of ['suspended', 'removed']) {
      await shop.query('update workspaces set status = $2 where id = $1', [shop.workspaceId, status])
      await expectNowhere(tracked.codeOf(1))
    }
    await shop.query(`update workspaces set status = 'active' where id = $1`, [shop.workspaceId])
    await shop.campaigns.remove(shop.workspaceId, shop.actor, tracked.campaignId)
    await expectNowhere(tracked.codeOf(1))
    await links.flush()
  })

  test('is no example either: that one says what it is', async () => {
    const reply = await visit(exampleShortCode)
    expect(reply.status).toBe(200)
    expect(reply.text).toMatch(/Ini tautan contoh[\s\S]*This is an example link/)
  })
})

test('clicks and links of one workspace are out of reach of another, and its code counts there alone', async () => {
  const other = await buildShop(core)
  const theirs = await startTracked(core, other, text)
  await visit(theirs.codeOf(1))
  expect((await clicksOf())?.clicked).toBe(0)
  expect((await clicksOf(theirs.campaignId))?.clicked).toBe(1)
  const seen = await core.inWorkspace(shop.workspaceId, async (scope) => ({
    clicks: await scope.query('select 1 from clicks'),
    targets: await scope.query('select 1 from link_targets where run_id = $1', [theirs.runId]),
    changed: await scope.execute('delete from link_targets where run_id = $1', [theirs.runId]),
  }))
  expect(seen).toEqual({ clicks: [], targets: [], changed: 0 })
  const mixed = theirs.codeOf(1).slice(0, -6) + tracked.codeOf(1).slice(-6)
  expect((await visit(mixed)).status).toBe(404)
})

describe('clicks that cannot be written yet', () => {
  test('are written later, each once, and at the latest when the process ends', async () => {
    let failures = 2
    const recorder = new ClickRecorder(core.logger, async (workspaceId, clicks) => {
      await core.inWorkspace(workspaceId, (scope) => insertClicks(scope, clicks, core.now()))
      // The transaction held, but its end never reached this process.
      if ((failures -= 1) >= 0) throw new Error('connection lost')
    })
    const [target] = tracked.targets
    const click = {
      workspaceId: shop.workspaceId,
      runId: tracked.runId,
      target: target?.number ?? 0,
      sequence: 1,
    }
    for (let count = 0; count < 3; count += 1) {
      recorder.add({ ...click, id: core.newId('clk'), isRobot: false, at: core.now() })
    }
    await recorder.flush()
    await recorder.close()
    expect((await clicksOf())?.people).toBe(3)
  })

  test('do not hold up others when their campaign is gone', async () => {
    const gone = await startTracked(core, shop, text, 0)
    await visit(gone.codeOf(1))
    await visit(tracked.codeOf(1))
    await shop.query('delete from runs where id = $1', [gone.runId])
    expect(await clicksOf()).toEqual({ people: 1, robots: 0, clicked: 1, figure: 1 })
  })
})

test('a visitor gets a page also while the links cannot be read, and no code reaches the log', async () => {
  const logged: string[] = []
  const broken = fastify({
    logger: { level: 'error', stream: { write: (line: string) => void logged.push(line) } },
  })
  linkPages({
    follow: async () => Promise.reject(new Error('no database')),
    flush: async () => undefined,
    close: async () => undefined,
  })(broken)
  const reply = await broken.inject({ url: `/r/${tracked.codeOf(1)}` })
  expect([reply.statusCode, reply.headers['retry-after'], reply.headers['cache-control']]).toEqual([
    503,
    '5',
    'no-store',
  ])
  expect(reply.body).toMatch(/Coba lagi sebentar lagi[\s\S]*Try again in a moment/)
  expect(logged.join('')).toMatch(/no database/)
  expect(logged.join('')).not.toContain(tracked.codeOf(1))
  await broken.close()
})
