import { request } from 'node:http'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryRecord } from './frame-record.ts'
import { controlMethods } from './http-protocol.ts'
import { createSimulatedNetwork } from './network.ts'
import type { SimulatedNetwork } from './network.ts'
import { realSchedule } from './simulator-channel.ts'
import { createSimulatorServer } from './simulator-server.ts'
import type { SimulatorServer } from './simulator-server.ts'
import { graphApiStandIn, wahaStandIn, webPageStandIn } from './workbench/own-stand-ins.ts'
import { createRecentFrames } from './workbench/recent-frames.ts'
import { startStandIns } from './workbench/stand-in.ts'
import type { StartStandIn } from './workbench/stand-in.ts'

const person = '+6281200000001'
const open: SimulatorServer[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

function buildNetwork(): SimulatedNetwork {
  return createSimulatedNetwork({
    seed: 'server',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
    defaults: { latencyMsMin: 0, latencyMsMax: 0, timeScale: 3_600 },
  })
}

async function start(
  starts: readonly StartStandIn[] = [],
): Promise<{ url: string; network: SimulatedNetwork; server: SimulatorServer }> {
  const network = buildNetwork()
  const standIns = await startStandIns(starts, { network, host: '127.0.0.1', port: 0 })
  const server = await createSimulatorServer({ network, port: 0, pollMs: 50, standIns })
  open.push(server)
  return { url: server.url, network, server }
}

const json = { 'content-type': 'application/json' }
const post = (url: string, path: string, body: unknown, headers: Record<string, string> = json) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
  })
const submit = (
  url: string,
  action: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  fetch(`${url}/page/${action}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
    redirect: 'manual',
  })
const page = async (url: string, query = ''): Promise<string> => (await fetch(`${url}/${query}`)).text()

/** A status for a request with a host of one's own, as a page under another name makes it. */
function statusUnder(url: string, host: string, path = '/counts'): Promise<number> {
  const { port } = new URL(url)
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    call.on('error', reject)
    call.end()
  })
}

describe('pages of other sites cannot use the simulator', () => {
  test('neither by a plain form, nor by a script, nor by a name that points here', async () => {
    const { url, network } = await start()
    const rule = { count: 1, end: { kind: 'not_sent' } }
    const plain = { 'content-type': 'text/plain' }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await post(url, '/rules', rule, plain)).status).toBe(415)
    expect((await post(url, '/v1/control/clearRules', [], form)).status).toBe(415)
    expect((await post(url, '/page/clear-rules', {}, json)).status).toBe(415)
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      expect((await post(url, '/rules', rule, { ...json, origin })).status).toBe(403)
      expect((await submit(url, 'rule', { end: 'hangs', reason: 'other' }, { origin })).status).toBe(403)
    }
    expect((await submit(url, 'clear-rules', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await submit(url, 'clear-rules', {}, { 'sec-fetch-site': 'same-site' })).status).toBe(403)
    for (const host of ['evil.example', 'evil.example:4010', '169.254.1.1']) {
      expect(await statusUnder(url, host)).toBeGreaterThanOrEqual(400)
    }
    expect(await statusUnder(url, 'localhost:4010')).toBe(200)
    expect(await network.control.rules()).toEqual([])
  })

  test('its own page can, and cannot be put into a frame', async () => {
    const { url } = await start()
    const answer = await submit(url, 'clear-rules', {}, { origin: url, 'sec-fetch-site': 'same-origin' })
    expect(answer.status).toBe(303)
    const { headers } = await fetch(url)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('hostile requests', () => {
  test('are answered with 4xx and leave the network as it was', async () => {
    const { url, network } = await start()
    const paths = [
      ...controlMethods.map((name) => `/v1/control/${name}`),
      ...['open', 'close', 'log-out', 'typing', 'download'].map((name) => `/v1/sessions/${name}`),
      ...['/v1/send', '/rules', '/v1/scan', '/v1/poll', '/v1/control/constructor', '/v1/control/__proto__'],
    ]
    const bodies = fc.oneof(
      fc.constantFrom('{', '[', '"', 'null', '[null]', '[{}]', '["snd","+1"]', '[[[[]]]]', '{"clientId":1}'),
      fc.json({ maxDepth: 3 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), bodies, async (path, body) => {
        const { status } = await post(url, path, body)
        expect(status).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
    const counts = await network.control.counts()
    expect(counts.frames).toBe(0)
    expect((await fetch(`${url}/counts`)).status).toBe(200)
  })

  test.each([
    ['a rule nobody can obey', '/v1/control/addRule', [{ end: { kind: 'explodes' } }]],
    ['a reason nobody knows', '/v1/control/addRule', [{ end: { kind: 'refused', reason: 'because' } }]],
    ['traits of no person', '/v1/control/setPerson', [person, { habit: 'sings' }]],
    ['a number of no person', '/v1/control/incoming', ['snd_1', '<script>', 'x']],
    ['too few arguments', '/v1/control/scan', ['snd_1']],
    [
      'a file that is no base64',
      '/v1/control/incoming',
      ['s', person, 'x', { media: { kind: 'image', mimeType: 'a/b', fileName: null, dataBase64: '!' } }],
    ],
    [
      'a message without an id',
      '/v1/send',
      { clientId: 'a', senderId: 'b', message: { to: person, text: 'x' } },
    ],
  ])('%s is refused with 400', async (_name, path, body) => {
    const { url } = await start()
    const answer = await post(url, path, body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: expect.any(String) as string })
  })

  test('a body that is too large, an unknown path and another method are refused', async () => {
    const { url } = await start()
    const large = await post(url, '/v1/control/addRule', `["${'x'.repeat(20_100_000)}"]`).catch(() => null)
    expect(large === null || large.status === 413).toBe(true)
    expect((await post(url, '/v1/nowhere', [])).status).toBe(404)
    expect((await fetch(`${url}/nowhere`)).status).toBe(404)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
    expect((await submit(url, 'nothing', {})).status).toBe(404)
    expect((await submit(url, 'ban', { senderId: 'nobody' })).status).toBe(404)
    expect((await submit(url, 'write', { senderId: 's', from: 'x', text: 'x' })).status).toBe(400)
    expect((await fetch(`${url}/frames?limit=-5`)).status).toBe(200)
  })
})

describe('the page', () => {
  test('pairs by a button, writes as a person, plans failures and tells people how to behave', async () => {
    const { url, network } = await start()
    const heard: unknown[] = []
    network.open(
      { senderId: 'toko', phone: null, settings: {} },
      async (events) => void heard.push(...events),
    )
    await vi.waitFor(async () => expect(await page(url)).toContain('Scan QR'))
    expect((await submit(url, 'scan-shown', { senderId: 'toko' })).headers.get('location')).toContain(
      'paired',
    )
    expect(await page(url)).toContain('>online<')
    const text = { senderId: 'toko', from: person, text: 'Halo <b>kak</b>' }
    expect((await submit(url, 'write', { ...text, with: 'image', buttonId: 'b1' })).status).toBe(303)
    await vi.waitFor(() =>
      expect(heard).toContainEqual(
        expect.objectContaining({
          type: 'message',
          text: text.text,
          button: { id: 'b1', title: text.text },
          media: expect.objectContaining({ kind: 'image' }) as unknown,
        }),
      ),
    )
    await submit(url, 'rule', {
      senderId: 'toko',
      to: '',
      count: '2',
      end: 'refused',
      reason: 'spam_limited',
    })
    expect(await network.control.rules()).toEqual([
      { rule: { senderId: 'toko', count: 2, end: { kind: 'refused', reason: 'spam_limited' } }, left: 2 },
    ])
    await submit(url, 'person', { number: person, onWhatsApp: 'false', habit: '', reading: 'never' })
    expect(await network.control.person(person)).toMatchObject({ onWhatsApp: false, reading: 'never' })
    expect(await page(url, `?number=${encodeURIComponent(person)}`)).toContain('onWhatsApp false')
    for (const action of ['restrict', 'pardon', 'break', 'come-back', 'offline', 'log-out', 'ban']) {
      expect((await submit(url, action, { senderId: 'toko' })).status).toBe(303)
    }
    expect(await network.control.senders()).toMatchObject([
      { senderId: 'toko', isBanned: true, isLinked: false },
    ])
  })

  test('shows the newest frames first, filters them, and shows nothing as markup', async () => {
    const { url, network } = await start()
    const session = network.open(
      { senderId: '<script>x</script>', phone: '+6289500000001', settings: {} },
      async () => undefined,
    )
    await vi.waitFor(() => expect(session.status()).toBe('online'))
    await network.control.setPerson(person, { onWhatsApp: true })
    for (const messageId of ['msg_first', 'msg_second'])
      await session.send({ messageId, to: person, text: 'Halo' })
    const whole = await page(url)
    expect(whole).not.toContain('<script>')
    expect(whole).toContain('&lt;script&gt;')
    expect(whole.indexOf('msg_second')).toBeLessThan(whole.indexOf('msg_first'))
    const filtered = await page(url, '?frames=FIRST')
    expect(filtered).toContain('msg_first')
    expect(filtered).not.toContain('msg_second')
    expect(await page(url, `?frames=${encodeURIComponent('"><img src=x>')}`)).not.toContain('<img')
  })
})

describe('stand-ins', () => {
  test('stand over one network, are named with what their clients need, and are closed together', async () => {
    const { url, network, server } = await start([
      graphApiStandIn,
      wahaStandIn({ statusWaitMs: 2_000 }),
      webPageStandIn,
    ])
    const servers = (await (await fetch(`${url}/v1/servers`)).json()) as Record<
      string,
      Record<string, string>
    >
    expect(Object.keys(servers)).toEqual(['control', 'graph-api', 'waha', 'web-page'])
    const { waha = {}, 'graph-api': graph = {} } = servers
    expect(servers['web-page']?.['page']).toContain('toko')
    const key = { ...json, 'x-api-key': waha['apiKey'] ?? '' }
    await network.control.setPerson(person, { onWhatsApp: true })
    expect((await post(url, '/v1/stand-ins/waha/link', ['toko', '+6289511112222'])).status).toBe(200)
    await post(waha['url'] ?? '', '/api/sessions/toko/start', {}, key)
    const sent = await post(
      waha['url'] ?? '',
      '/api/sendText',
      { session: 'toko', chatId: '6281200000001@c.us', text: 'Halo' },
      key,
    )
    expect(sent.status).toBe(201)
    await network.control.incoming(graph['phoneNumberId'] ?? '', person, 'Halo')
    const official = await post(
      graph['url'] ?? '',
      `/v23.0/${graph['phoneNumberId']}/messages`,
      {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '6281200000001',
        type: 'text',
        text: { body: 'Halo' },
      },
      { ...json, authorization: `Bearer ${graph['accessToken']}` },
    )
    expect(official.status).toBe(200)
    const kinds = (await network.control.senders()).map(({ senderId, kind }) => [senderId, kind])
    expect(kinds).toEqual([
      [graph['phoneNumberId'], 'graph-api'],
      ['toko', 'waha'],
    ])
    await vi.waitFor(async () => expect((await network.control.counts()).shown).toBe(2))
    expect((await post(url, '/v1/stand-ins/waha/link', ['no/good', 7])).status).toBe(400)
    expect((await post(url, '/v1/stand-ins/waha/toString', [])).status).toBe(404)
    expect((await post(url, '/v1/stand-ins/none/link', [])).status).toBe(404)
    open.splice(open.indexOf(server), 1)
    await server.close()
    for (const address of [url, waha['url'], graph['url'], servers['web-page']?.['url']])
      await expect(fetch(address ?? '')).rejects.toThrow()
  })

  test('those that started are closed again when a later one cannot start', async () => {
    let closed = 0
    const good: StartStandIn = async () => ({
      kind: 'waha',
      title: 'good',
      url: 'http://127.0.0.1:1',
      access: {},
      calls: {},
      close: async () => void (closed += 1),
    })
    const network = buildNetwork()
    const bad: StartStandIn = () => Promise.reject(new Error('the port is taken'))
    await expect(startStandIns([good, bad, good], { network, host: '127.0.0.1', port: 0 })).rejects.toThrow(
      'taken',
    )
    expect(closed).toBe(1)
    await network.close()
  })
})

test('the newest frames are kept and no more, however many come', () => {
  const record = createMemoryRecord({ framesMax: 0 })
  const recent = createRecentFrames(record)
  const at = new Date(0).toISOString()
  for (let index = 0; index < 10_000; index += 1) {
    record.append({ at, senderId: 's', messageId: `msg_${index}`, to: person, shown: true })
  }
  const kept = recent.list(() => true, 1_000_000)
  expect(kept[0]?.messageId).toBe('msg_9999')
  expect(kept.length).toBeGreaterThanOrEqual(2_000)
  expect(kept.length).toBeLessThanOrEqual(4_001)
})
