import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountOf, person, startMeta } from '../testing/meta.ts'
import type { Meta } from '../testing/meta.ts'

const text = { type: 'text', text: { body: 'Halo' } }

describe("Meta's stand-in", () => {
  let meta: Meta
  beforeAll(async () => {
    meta = await startMeta({ reviewMs: 3_600_000 })
  })
  afterAll(() => meta.close())

  const codeOf = (body: Record<string, unknown>): unknown => (body['error'] as { code: number }).code

  test('wrong tokens, ids that may not be seen and unknown paths are refused in the words of Meta', async () => {
    const path = '/v23.0/100000000001'
    const bad = await meta.call('GET', path, undefined, { authorization: 'Bearer EAAwrong' })
    expect(bad).toMatchObject({ status: 401, body: { error: { type: 'OAuthException', code: 190 } } })
    const none = await meta.call('GET', path, undefined, { authorization: '' })
    expect(none.status).toBe(401)
    expect((await meta.call('GET', '/v23.0/999999')).body).toMatchObject({
      error: { code: 100, error_subcode: 33 },
    })
    expect(codeOf((await meta.call('GET', `${path}/nothing`)).body)).toBe(2500)
    expect(codeOf((await meta.call('POST', '/100000000001/messages', {})).body)).toBe(2500)
    expect(codeOf((await meta.call('GET', `${path}?fields=id,shoe_size`)).body)).toBe(100)
  })

  test('a body that is cut off, no object, or not of WhatsApp is refused, and nobody sees it', async () => {
    const before = meta.network.record.counts().frames
    for (const body of ['{"messaging_product":"whatsapp","to"', '[]', '"text"', { to: person, ...text }]) {
      const answer = await meta.call('POST', '/v23.0/100000000001/messages', body)
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 100 } } })
    }
    expect(meta.network.record.counts().frames).toBe(before)
  })

  test('each missing or wrong parameter has its code', async () => {
    const cases: [object, number][] = [
      [{ ...text, to: '' }, 131008],
      [{ ...text, to: 'abc' }, 131009],
      [{ type: 'text' }, 131008],
      [{ type: 'text', text: { body: 'x'.repeat(4_097) } }, 131009],
      [{ type: 'hologram', hologram: {} }, 131051],
      [{ type: 'image', image: {} }, 131008],
      [{ type: 'image', image: { id: '77' } }, 131052],
      [{ type: 'audio', audio: { link: 'https://a.example/a.ogg', caption: 'hi' } }, 100],
      [
        {
          type: 'interactive',
          interactive: { type: 'button', body: { text: 'a' }, action: { buttons: [] } },
        },
        131009,
      ],
      [{ ...text, biz_opaque_callback_data: 'x'.repeat(513) }, 131009],
      [{ type: 'template', template: { name: 'none', language: { code: 'id' } } }, 132001],
    ]
    for (const [message, code] of cases) expect(await meta.send(message)).toBe(code)
  })

  test('a connection that ends in the middle of a body disturbs nobody', async () => {
    const before = meta.network.record.counts().frames
    await new Promise<void>((resolve) => {
      const socket = connect(meta.server.port, '127.0.0.1', () => {
        socket.write(
          'POST /v23.0/100000000001/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"to":',
        )
        socket.destroy()
      })
      socket.once('close', () => resolve())
    })
    expect(await meta.send(text)).toMatch(/^wamid\./)
    expect(meta.network.record.counts().frames).toBe(before + 1)
  })

  test('a template has to be approved, fit, and be active', async () => {
    const path = '/v23.0/500000000001/message_templates'
    const body = { type: 'BODY', text: 'Halo {{1}}', example: { body_text: [['Sari']] } }
    const submission = { name: 'promo', language: 'id', category: 'MARKETING', components: [body] }
    const { body: submitted } = await meta.call('POST', path, submission)
    expect(submitted).toMatchObject({ status: 'PENDING', category: 'MARKETING' })
    expect(codeOf((await meta.call('POST', path, submission)).body)).toBe(100)
    const use = (parameters: object[], code = 'id'): Promise<number | string> =>
      meta.send({
        type: 'template',
        template: { name: 'promo', language: { code }, components: [{ type: 'body', parameters }] },
      })
    const one = [{ type: 'text', text: 'Sari' }]
    expect(await use(one)).toBe(132001)
    meta.server.control.setTemplate('500000000001', 'promo', 'id', 'APPROVED')
    expect(await use(one)).toMatch(/^wamid\./)
    expect(await use(one, 'en')).toBe(132001)
    expect(await use([])).toBe(132000)
    meta.server.control.setTemplate('500000000001', 'promo', 'id', 'PAUSED')
    expect(await use(one)).toBe(132015)
    meta.server.control.setTemplate('500000000001', 'promo', 'id', 'DISABLED')
    expect(await use(one)).toBe(132016)
    expect((await meta.call('DELETE', `${path}?name=promo`)).body).toEqual({ success: true })
    expect((await meta.call('DELETE', `${path}?name=promo`)).status).toBe(404)
  })

  test('a form that is cut off or holds a wrong type uploads nothing', async () => {
    const form = (type: string, end: string): string =>
      '--x\r\ncontent-disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n' +
      `--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\ncontent-type: ${type}\r\n\r\nabc${end}`
    const upload = (body: string): ReturnType<Meta['call']> =>
      meta.call('POST', '/v23.0/100000000001/media', body, {
        'content-type': 'multipart/form-data; boundary=x',
      })
    expect((await upload(form('image/png', '\r\n--x--\r\n'))).body).toMatchObject({
      id: expect.any(String) as string,
    })
    expect((await upload(form('image/png', ''))).status).toBe(400)
    expect((await upload(form('application/x-msdownload', '\r\n--x--\r\n'))).status).toBe(400)
    expect((await upload('--x')).status).toBe(400)
  })

  test('other programs set it up over HTTP as well', async () => {
    const control = async (name: string, ...args: unknown[]): Promise<number> =>
      (await meta.call('POST', `/_control/${name}`, args)).status
    expect(
      await control('addRule', { objectId: '100000000001', count: 1, end: { kind: 'error', code: 131042 } }),
    ).toBe(200)
    expect(await meta.send(text)).toBe(131042)
    expect(await control('addAccount', accountOf(7, null))).toBe(200)
    expect((await meta.call('GET', '/v23.0/100000000007')).status).toBe(200)
    expect(await control('nothing')).toBe(404)
    expect(await control('constructor')).toBe(404)
  })
})

describe('limits and windows', () => {
  test('throughput, pairs and people of a portfolio are bounded', async () => {
    const slow = { id: '100000000003', phone: '+62895000000003', messagesPerSecond: 1 }
    const meta = await startMeta({}, (url) => [
      accountOf(1, url, { portfolioId: 'shop', uniquePeopleMax: 2 }),
      accountOf(2, url, { portfolioId: 'shop' }),
      accountOf(3, url, { numbers: [slow] }),
    ])
    const pair = await Promise.all(Array.from({ length: 70 }, () => meta.send(text)))
    expect(pair.filter((end) => end === 131056).length).toBeGreaterThan(0)
    expect(pair.filter((end) => typeof end === 'string').length).toBeGreaterThanOrEqual(45)
    const send = (id: string, to: string): ReturnType<Meta['call']> =>
      meta.call('POST', `/v23.0/${id}/messages`, { messaging_product: 'whatsapp', to, ...text })
    const fast = await Promise.all(Array.from({ length: 30 }, () => send('100000000003', person)))
    expect(fast.map(({ status }) => status)).toContain(429)
    const strangers = ['6281200000003', '6281200000004', '6281200000005']
    const codes = await Promise.all(strangers.map((to) => send('100000000002', to)))
    expect(codes.map(({ status }) => status)).toContain(400)
    expect(codes.some(({ body }) => (body['error'] as { code?: number } | undefined)?.code === 131048)).toBe(
      true,
    )
    await meta.close()
  })

  test('outside of the window a text fails later, and what a template costs follows from the window', async () => {
    const meta = await startMeta()
    const failedWith = (id: string): unknown =>
      meta.receiver.received
        .flatMap(({ body }) => body.entry.flatMap(({ changes }) => changes))
        .flatMap(
          ({ value }) =>
            (value['statuses'] ?? []) as { id: string; status: string; errors?: { code: number }[] }[],
        )
        .find((status) => status.id === id && status.status === 'failed')?.errors?.[0]?.code
    const closed = String(await meta.send({ ...text, to: '6281200000002' }))
    await expect.poll(() => failedWith(closed)).toBe(131047)
    const pricingOf = (id: string): unknown =>
      meta.receiver.received
        .flatMap(({ body }) => body.entry.flatMap(({ changes }) => changes))
        .flatMap(
          ({ value }) => (value['statuses'] ?? []) as { id: string; status: string; pricing?: unknown }[],
        )
        .find((status) => status.id === id && status.status === 'sent')?.pricing
    const free = String(await meta.send(text))
    await expect.poll(() => pricingOf(free)).toMatchObject({ billable: false, type: 'free_customer_service' })
    meta.server.control.openWindow('100000000001', '+6281200000003', true)
    await meta.send({ ...text, to: '6281200000003' })
    const entry = String(await meta.send({ ...text, to: '6281200000003' }))
    await expect.poll(() => pricingOf(entry)).toMatchObject({ billable: false, type: 'free_entry_point' })
    await meta.close()
  })
})

describe('webhooks of the stand-in', () => {
  test('they are signed, hold several accounts, and come again until they are taken', async () => {
    const meta = await startMeta()
    meta.receiver.answerWith(503)
    meta.server.control.openWindow('100000000002', `+${person}`)
    const first = String(await meta.send(text))
    const { body } = await meta.call('POST', '/v23.0/100000000002/messages', {
      messaging_product: 'whatsapp',
      to: person,
      ...text,
    })
    const second = (body['messages'] as { id: string }[])[0]?.id ?? ''
    await expect.poll(() => meta.server.control.counts().webhooks.refused).toBeGreaterThan(1)
    expect(meta.receiver.received).toEqual([])
    meta.receiver.answerWith(200)
    const wanted = [first, second].flatMap((id) =>
      ['sent', 'delivered', 'read'].map((status) => `${id}/${status}`),
    )
    await expect
      .poll(() => meta.receiver.statuses(), { timeout: 8_000 })
      .toEqual(expect.arrayContaining(wanted))
    expect(meta.receiver.received.every(({ isSigned }) => isSigned)).toBe(true)
    meta.server.control.tellAccount('500000000001', 'account_alerts', { alert_type: 'OBA_APPROVED' })
    meta.server.control.tellAccount('500000000002', 'account_alerts', { alert_type: 'OBA_APPROVED' })
    await expect
      .poll(() => meta.receiver.received.some(({ body: { entry } }) => entry.length === 2))
      .toBe(true)
    await meta.close()
  })

  test('duplicates and disorder come when they are asked for, in bodies of a bounded size', async () => {
    const meta = await startMeta({ webhooks: { duplicates: 1, reorders: true, batchMax: 4 } })
    const ids = await Promise.all(Array.from({ length: 10 }, () => meta.send(text)))
    const wanted = ids.flatMap((id) => ['sent', 'delivered', 'read'].map((status) => `${id}/${status}`))
    await expect.poll(() => meta.receiver.statuses().length, { timeout: 8_000 }).toBe(60)
    const heard = meta.receiver.statuses()
    expect([...new Set(heard)].sort()).toEqual([...wanted].sort())
    expect(heard).not.toEqual(wanted.flatMap((status) => [status, status]))
    for (const { body } of meta.receiver.received) {
      const [change] = body.entry[0]?.changes ?? []
      expect((change?.value['statuses'] as unknown[]).length).toBeLessThanOrEqual(4)
    }
    await meta.close()
  })

  test('an account that is not subscribed tells nothing, and the handshake sets the address', async () => {
    const meta = await startMeta({}, () => [accountOf(1, null)])
    expect(await meta.server.control.setWebhook('700000000000001', meta.receiver.url)).toBe(true)
    await meta.call('DELETE', '/v23.0/500000000001/subscribed_apps')
    await meta.send(text)
    await meta.call('POST', '/v23.0/500000000001/subscribed_apps')
    const told = String(await meta.send(text))
    await expect.poll(() => meta.receiver.statuses()).toContain(`${told}/read`)
    expect(new Set(meta.receiver.statuses().map((status) => status.split('/')[0]))).toEqual(new Set([told]))
    await meta.close()
  })
})
