import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeEveryRequest } from './testing/every-request.ts'
import { createRequestCheck } from './testing/meta-openapi.ts'
import type { RequestCheck } from './testing/meta-openapi.ts'
import { startMetaWorld } from './testing/meta-world.ts'
import type { MetaWorld } from './testing/meta-world.ts'
import { startRecordingProxy } from './testing/recording-proxy.ts'
import type { RecordedRequest, RecordingProxy } from './testing/recording-proxy.ts'

/** `business-messaging-api_v23.0.yaml` of Meta's repository `facebook/openapi`; not part of this one. */
const file = process.env['META_OPENAPI_FILE']

/** Resumable uploads are of Graph API at large, and not in the description of WhatsApp. */
const elsewhere = /\/(uploads$|upload:|[^/]+\/media-files)/

describe.skipIf(file === undefined)("Meta's own description of Cloud API", () => {
  let world: MetaWorld
  let proxy: RecordingProxy
  let check: RequestCheck
  beforeAll(async () => {
    check = createRequestCheck(file ?? '')
    world = await startMetaWorld()
    proxy = await startRecordingProxy(world.server.url)
  })
  afterAll(async () => {
    await proxy.close()
    await world.close()
  })

  test('every request of the adapter fits it', async () => {
    const ends = await makeEveryRequest(world, world.addSender(), proxy.url)
    expect(new Set(ends)).toEqual(new Set(['accepted']))
    const checked = proxy.requests.filter(({ url }) => !elsewhere.test(url.pathname))
    const problems = checked.flatMap((request) =>
      check(request).map((problem) => `${request.method} ${request.url.pathname}: ${problem}`),
    )
    expect(problems).toEqual([])
    expect(checked.length).toBeGreaterThan(50)
  })

  test('a request that Meta does not know is found', async () => {
    const sent = proxy.requests.find(({ url }) => url.pathname.endsWith('/messages'))
    const body = JSON.parse(String(sent?.body)) as Record<string, unknown>
    const spoil = (change: object): RecordedRequest =>
      ({ ...sent, body: Buffer.from(JSON.stringify({ ...body, ...change })) }) as RecordedRequest
    expect(check(spoil({}))).toEqual([])
    expect(check(spoil({ messaging_product: 7 }))).not.toEqual([])
    expect(check(spoil({ preview: true }))).not.toEqual([])
    expect(check({ ...spoil({}), method: 'DELETE' })).not.toEqual([])
  })

  test('a template parameter that Meta does not know is found', () => {
    const sent = proxy.requests.find(({ body }) => body.includes('"copy_code"'))
    const spoil = (from: string, to: string): RecordedRequest =>
      ({ ...sent, body: Buffer.from(String(sent?.body).replace(from, to)) }) as RecordedRequest
    expect(check(spoil('', ''))).toEqual([])
    expect(check(spoil('"text":"Sari"', '"words":"Sari"'))).not.toEqual([])
    expect(check(spoil('"index":"0"', '"index":"first"'))).not.toEqual([])
    expect(check(spoil('"coupon_code":"HEMAT"', '"code":"HEMAT"'))).not.toEqual([])
  })
})
