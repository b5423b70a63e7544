import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryRecord } from '../frame-record.ts'
import { createSimulatedNetwork } from '../network.ts'
import type { SimulatedNetwork } from '../network.ts'
import { realSchedule } from '../simulator-channel.ts'
import type { WahaBehaviour } from './waha-options.ts'
import { createWahaServer } from './waha-server.ts'
import type { WahaServer } from './waha-server.ts'

const person = '+6281200000001'
const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

async function start(
  behaviour: Partial<WahaBehaviour> = {},
): Promise<{ network: SimulatedNetwork; server: WahaServer }> {
  const network = createSimulatedNetwork({
    seed: 'waha-server',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
    defaults: { latencyMsMin: 0, latencyMsMax: 0, timeScale: 100 },
  })
  await network.control.setPerson(person, {
    onWhatsApp: true,
    habit: 'none',
    reading: 'soon',
    deliveryMs: 1,
    readMs: 1,
  })
  const server = await createWahaServer({
    network,
    port: 0,
    apiKey: 'key',
    retrySecondMs: 5,
    statusWaitMs: 40,
    ...behaviour,
  })
  open.push(network, server)
  return { network, server }
}

interface Heard {
  readonly body: { readonly event: string; readonly id?: string; readonly payload: Record<string, unknown> }
  readonly isSigned: boolean
}

/** Takes webhooks and answers each with the next status, 200 when there is none. */
async function startEar(
  statuses: number[] = [],
): Promise<{ url: string; heard: Heard[]; calls: () => number }> {
  const heard: Heard[] = []
  let calls = 0
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      calls += 1
      const status = statuses.shift() ?? 200
      const expected = createHmac('sha512', 'hook').update(text).digest('hex')
      if (status === 200) {
        heard.push({ body: JSON.parse(text), isSigned: request.headers['x-webhook-hmac'] === expected })
      }
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, heard, calls: () => calls }
}

const post = (url: string, path: string, body: unknown, key = 'key', type = 'application/json') =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const get = (url: string, path: string, key = 'key') =>
  fetch(`${url}${path}`, { headers: { 'x-api-key': key } })

async function working(server: WahaServer, config: object = {}): Promise<void> {
  server.link('toko', '+6289500000001')
  const body = JSON.stringify({ config })
  const headers = { 'x-api-key': 'key', 'content-type': 'application/json' }
  await fetch(`${server.url}/api/sessions/toko`, { method: 'PUT', headers, body })
  await post(server.url, '/api/sessions/toko/start', {})
  await vi.waitFor(async () => {
    const answer = await get(server.url, '/api/sessions/toko')
    expect(await answer.json()).toMatchObject({ status: 'WORKING', me: { id: '6289500000001@c.us' } })
  })
}

describe('the WAHA stand-in refuses what WAHA refuses', () => {
  test('a wrong key, an unknown path, a session that is not there', async () => {
    const { server } = await start()
    expect((await get(server.url, '/api/sessions', 'wrong')).status).toBe(401)
    expect((await get(server.url, '/api/sessions?x-api-key=key', '')).status).toBe(401)
    const unknown = await get(server.url, '/api/nowhere/at/all')
    expect(unknown.status).toBe(404)
    expect(await unknown.json()).toMatchObject({ message: 'Cannot GET /api/nowhere/at/all', statusCode: 404 })
    expect((await get(server.url, '/api/sessions/none')).status).toBe(404)
    expect(
      (await post(server.url, '/api/sendText', { session: 'none', chatId: '1@c.us', text: 'x' })).status,
    ).toBe(404)
  })

  test('a body that is broken, of another shape or too large', async () => {
    const { server } = await start()
    await working(server)
    const text = { session: 'toko', chatId: '6281200000001@c.us', text: 'Halo' }
    expect((await post(server.url, '/api/sendText', '{"session":')).status).toBe(400)
    expect((await post(server.url, '/api/sendText', '[1]')).status).toBe(400)
    expect((await post(server.url, '/api/sendText', { ...text, text: 7 })).status).toBe(400)
    expect((await post(server.url, '/api/sendText', { ...text, session: { a: 1 } })).status).toBe(400)
    expect((await post(server.url, '/api/sendText', { ...text, chatId: '1203630@g.us' })).status).toBe(422)
    const file = { mimetype: 'image/jpeg', data: '!!' }
    expect((await post(server.url, '/api/sendImage', { ...text, file })).status).toBe(400)
    const url = { mimetype: 'image/jpeg', url: 'http://127.0.0.1/x' }
    expect((await post(server.url, '/api/sendImage', { ...text, file: url })).status).toBe(422)
    const voice = { mimetype: 'audio/ogg', data: 'AAAA' }
    expect((await post(server.url, '/api/sendVoice', { ...text, file: voice })).status).toBe(400)
    const webhook = { name: 'b', config: { webhooks: [{ url: 'file:///etc/passwd', events: [] }] } }
    expect((await post(server.url, '/api/sessions', webhook)).status).toBe(400)
    const large = await post(server.url, '/api/sendText', 'x'.repeat(53_000_000)).catch(() => null)
    expect(large === null || large.status === 413).toBe(true)
    expect((await get(server.url, '/api/%E0%A4%A/lids')).status).toBe(400)
  })

  test('a call for a session that does not work yet, with its status', async () => {
    const { server } = await start()
    await post(server.url, '/api/sessions', { name: 'baru' })
    const answer = await post(server.url, '/api/sendText', {
      session: 'baru',
      chatId: '62812@c.us',
      text: 'x',
    })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ status: 'SCAN_QR_CODE', expected: ['WORKING'] })
    expect((await post(server.url, '/api/sessions', { name: 'baru' })).status).toBe(422)
  })

  test('a body that ends in the middle leaves nothing behind', async () => {
    const { server, network } = await start()
    await working(server)
    const { port } = new URL(server.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      'POST /api/sendText HTTP/1.1\r\nhost: x\r\nx-api-key: key\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"session":"toko"',
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    expect(await network.control.counts()).toMatchObject({ frames: 0 })
    expect((await get(server.url, '/ping')).status).toBe(200)
  })
})

describe('the WAHA stand-in tells', () => {
  const hook = (url: string, more: object = {}) => ({
    webhooks: [
      { url, events: ['message.any', 'message.ack', 'session.status'], hmac: { key: 'hook' }, ...more },
    ],
  })

  test('every event signed and with an id, again until it was taken', async () => {
    const { server, network } = await start()
    const ear = await startEar([503, 500, 404])
    const retries = { policy: 'linear', delaySeconds: 1, attempts: 5 }
    await working(server, hook(ear.url, { retries }))
    await post(server.url, '/api/sendText', { session: 'toko', chatId: '6281200000001@c.us', text: 'Halo' })
    await network.control.incoming('toko', person, 'Halo juga')
    await vi.waitFor(() => {
      const acks = ear.heard.flatMap(({ body }) =>
        body.event === 'message.ack' ? [body.payload['ackName']] : [],
      )
      expect(acks.sort()).toEqual(['DEVICE', 'READ', 'SERVER'])
      expect(ear.heard.filter(({ body }) => body.event === 'message.any')).toHaveLength(2)
    })
    expect(ear.heard.every(({ isSigned, body }) => isSigned && (body.id ?? '').startsWith('evt_'))).toBe(true)
  })

  test('once only as an old version, without ids', async () => {
    const { server } = await start({ sendsWebhooksOnce: true, isPlain: true })
    const ear = await startEar([503])
    await working(server, hook(ear.url))
    await vi.waitFor(() => expect(ear.calls()).toBe(2))
    expect(ear.heard).toHaveLength(1)
    expect(ear.heard[0]?.body.id).toBeUndefined()
  })

  test('nothing after the last try', async () => {
    const { server } = await start()
    const ear = await startEar([503, 503, 503, 503])
    await working(server, hook(ear.url, { retries: { policy: 'constant', delaySeconds: 1, attempts: 2 } }))
    await vi.waitFor(() => expect(ear.calls()).toBe(4))
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(ear.calls()).toBe(4)
  })
})

test('refusals come in the words of each engine', async () => {
  const said: Record<string, unknown> = {}
  for (const engine of ['GOWS', 'WEBJS', 'NOWEB'] as const) {
    const { server, network } = await start({ engine })
    await working(server)
    await network.control.addRule({
      senderId: 'toko',
      count: 1,
      end: { kind: 'refused', reason: 'new_chats_locked' },
    })
    const answer = await post(server.url, '/api/sendText', {
      session: 'toko',
      chatId: '6281200000001@c.us',
      text: 'x',
    })
    const { exception } = (await answer.json()) as { exception?: { message: string } }
    said[engine] = [answer.status, exception?.message]
  }
  expect(said).toEqual({
    GOWS: [500, '2 UNKNOWN: server returned error 463'],
    WEBJS: [500, 'server returned error 463'],
    NOWEB: [201, undefined],
  })
})
