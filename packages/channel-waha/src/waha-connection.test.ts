import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listen, listenOnline, patiently } from './testing/ear.ts'
import { apiKey, buildWahaWorld, reader } from './testing/waha-world.ts'
import type { WahaWorld } from './testing/waha-world.ts'

interface Shown {
  readonly status: string
  readonly me: { readonly id: string } | null
  readonly config: {
    readonly webhooks: readonly {
      readonly url: string
      readonly events: string[]
      readonly hmac?: { readonly key: string }
    }[]
    readonly proxy: unknown
    readonly ignore: unknown
  }
}

let world: WahaWorld
beforeAll(async () => {
  world = await buildWahaWorld({ engine: 'NOWEB' })
})
afterAll(() => world.close())

const ask = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${world.server.url}${path}`, {
    method,
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const show = async (session: string): Promise<Shown> =>
  (await (await ask('GET', `/api/sessions/${session}`)).json()) as Shown
const message = { messageId: 'msg_c', to: reader, text: 'Halo' }

describe('a session on the server', () => {
  test('is made with signed webhooks and without what Siar does not read', async () => {
    const request = world.newSender()
    if (request === null) throw new Error('WAHA pairs')
    const ear = await listen(world, request)
    await ear.hear({ type: 'pairing', kind: 'qr' })
    const { config } = await show(request.senderId)
    expect(config.webhooks).toMatchObject([
      { url: world.endpoint.url, events: ['session.status', 'message.any', 'message.ack', 'state.change'] },
    ])
    expect(config.webhooks[0]?.hmac?.key).toMatch(/^[0-9a-f]{64}$/)
    expect(config.ignore).toMatchObject({ groups: true, status: true })
  })

  test('keeps what others configured on it', async () => {
    const request = await world.linked()
    const other = { url: 'http://127.0.0.1:9/other', events: ['message'] }
    await ask('PUT', `/api/sessions/${request.senderId}`, { config: { debug: true, webhooks: [other] } })
    const ear = await listen(world, request)
    await ear.hear({ state: 'online' })
    const { config } = await show(request.senderId)
    expect(config).toMatchObject({ debug: true, webhooks: [other, { url: world.endpoint.url }] })
  })

  test('is set right again when somebody takes the webhook away', async () => {
    const ear = await listenOnline(world)
    const { senderId } = ear.session
    await ask('PUT', `/api/sessions/${senderId}`, { config: {} })
    await vi.waitFor(async () => expect((await show(senderId)).config.webhooks).toHaveLength(1), patiently)
  })

  test('goes on running when Siar lets go of it, or stops where the sender wants that', async () => {
    const kept = await listenOnline(world)
    await kept.session.close()
    expect((await show(kept.session.senderId)).status).toBe('WORKING')
    const request = await world.linked()
    const settings = { waha: { ...(request.settings['waha'] as object), whenClosed: 'stop' } }
    const stopped = await listen(world, { ...request, settings })
    await stopped.hear({ state: 'online' })
    await stopped.session.close()
    expect((await show(request.senderId)).status).toBe('STOPPED')
  })

  test('is deleted on a log-out here, and its credentials with it', async () => {
    const ear = await listenOnline(world)
    const { senderId } = ear.session
    await ear.session.send(message)
    await ear.session.logOut()
    expect((await ask('GET', `/api/sessions/${senderId}`)).status).toBe(404)
    const { credentials } = world.reopen(senderId)
    expect((await credentials.read(['open-attempts'])).size).toBe(0)
    expect(await ear.session.send(message)).toMatchObject({ kind: 'refused', reason: 'sender_signed_out' })
  })

  test('that is gone counts as logged out when it is still gone at the second look', async () => {
    const ear = await listenOnline(world)
    await ask('DELETE', `/api/sessions/${ear.session.senderId}`)
    await ear.hear({ state: 'logged_out' })
  })

  test('that was stopped by hand is started again', async () => {
    const ear = await listenOnline(world)
    await ask('POST', `/api/sessions/${ear.session.senderId}/stop`)
    await ear.hear({ state: 'reconnecting', reason: 'session_stopped' })
    await vi.waitFor(() => expect(ear.states().at(-1)).toBe('online'), patiently)
  })

  test('that failed is restarted until it works again', async () => {
    const ear = await listenOnline(world)
    const { control } = world.network
    await control.goOffline(ear.session.senderId)
    await ear.hear({ state: 'reconnecting', reason: 'session_failed' })
    await control.comeBack(ear.session.senderId)
    await vi.waitFor(() => expect(ear.states().at(-1)).toBe('online'), patiently)
  })

  test('that stays failed is told as offline', async () => {
    const ear = await listenOnline(world)
    await world.network.control.goOffline(ear.session.senderId)
    await ear.hear({ state: 'offline', reason: 'session_failed' })
    expect(await ear.session.send(message)).toMatchObject({ kind: 'not_sent' })
    await ear.session.close()
  })

  test('linked to another number than the sender has is not used', async () => {
    const request = await world.linked()
    world.server.link(request.senderId, '+6281399998888')
    const ear = await listen(world, request)
    await ear.hear({ state: 'offline', reason: 'linked_to_another_number' })
    expect(await ear.session.send(message)).toMatchObject({ kind: 'not_sent' })
  })
})

describe('pairing', () => {
  test('by a typed code shows it, links the number, and asks for no other meanwhile', async () => {
    const request = world.newSender()
    if (request === null) throw new Error('WAHA pairs')
    const phone = '+6281377776666'
    const ear = await listen(world, { ...request, pairing: { by: 'code', phone } })
    await ear.hear({ type: 'pairing', kind: 'code' })
    await wait(200)
    const codes = ear.heard.flatMap((event) => (event.type === 'pairing' ? [event.data] : []))
    expect(codes).toHaveLength(1)
    expect(await world.network.control.enterCode(request.senderId, codes[0] ?? '')).toBe('paired')
    await ear.hear({ state: 'online', phone })
  })

  test('a session with what is left of an earlier link is freed for a new one', async () => {
    const before = await listenOnline(world)
    const { senderId } = before.session
    await world.network.control.logOut(senderId)
    await before.hear({ state: 'logged_out', reason: 'unlinked on the phone' })
    expect((await show(senderId)).status).toBe('FAILED')
    const ear = await listen(world, { ...world.reopen(senderId), phone: null })
    await ear.hear({ type: 'pairing', kind: 'qr' })
  })
})

describe('a server that does not answer as WAHA', () => {
  const withServer = async (
    answer: (path: string) => { status: number; body?: string; location?: string },
    run: (url: string, asked: string[]) => Promise<void>,
  ): Promise<void> => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      const { status, body, location } = answer(request.url ?? '')
      response.writeHead(status, location === undefined ? {} : { location }).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked)
    } finally {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
  const at = async (baseUrl: string) => {
    const request = await world.linked()
    return listen(world, { ...request, settings: { waha: { baseUrl, session: request.senderId } } })
  }

  test('is never followed to another one, and the key goes nowhere else', async () => {
    await withServer(
      () => ({ status: 200, body: '{}' }),
      async (elsewhere, asked) => {
        await withServer(
          () => ({ status: 307, location: `${elsewhere}/api/sessions/x` }),
          async (url) => {
            const ear = await at(url)
            await ear.hear({ state: 'offline', reason: 'redirected' })
            await ear.session.close()
          },
        )
        expect(asked).toEqual([])
      },
    )
  })

  test('with 404 of a gateway is waited for: nobody is logged out by it', async () => {
    await withServer(
      () => ({ status: 404, body: '404 page not found' }),
      async (url) => {
        const ear = await at(url)
        await ear.hear({ state: 'reconnecting', reason: 'server_answered_404' })
        await wait(150)
        expect(ear.states()).not.toContain('logged_out')
        await ear.session.close()
      },
    )
  })

  test.each([
    ['garbage', 200, 'not json'],
    ['another shape', 200, '{"name":7}'],
    ['a long list', 200, JSON.stringify(Array.from({ length: 90_000 }, () => 'filler-text'))],
    ['an error page', 502, '<html>'],
  ])('with %s is waited for', async (_name, status, body) => {
    await withServer(
      () => ({ status, body }),
      async (url) => {
        const ear = await at(url)
        await ear.hear({ state: 'reconnecting' })
        expect(await ear.session.send(message)).toMatchObject({ kind: 'not_sent' })
        await ear.session.close()
      },
    )
  })

  test('with a wrong key is told as such and works once the key is right', async () => {
    const request = await world.linked({ secrets: { apiKey: 'wrong' } })
    const ear = await listen(world, request)
    await ear.hear({ state: 'offline', reason: 'api_key_refused' })
    await ear.session.close()
  })

  test('settings nobody can use are told, not thrown', async () => {
    const ear = await listen(world, await world.linked({ settings: { waha: { baseUrl: 'nonsense' } } }))
    await ear.hear({ state: 'offline', reason: 'settings_invalid' })
    expect(await ear.session.send(message)).toMatchObject({ kind: 'not_sent' })
  })
})

test('states are found by looking where a version sends a webhook once only and it was lost', async () => {
  const old = await buildWahaWorld({ engine: 'WEBJS', sendsWebhooksOnce: true, isPlain: true })
  const ear = await listenOnline(old)
  old.endpoint.fail(true)
  await old.network.control.logOut(ear.session.senderId)
  await vi.waitFor(() => expect(ear.states().at(-1)).toBe('logged_out'), patiently)
  await old.close()
})
