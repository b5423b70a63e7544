import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkCloudApiAccess } from './access-check.ts'
import type { AccessCheck, AccessPart, AccessProblem } from './access-check.ts'
import { exchangeSignupCode, registerNumber, subscribeToAccount } from './embedded-signup.ts'
import { cloudApiSettingsSchema, parseCloudApiSecrets, parseCloudApiSettings } from './settings.ts'
import { app, startMetaWorld } from './testing/meta-world.ts'
import type { MetaSender, MetaWorld } from './testing/meta-world.ts'

let world: MetaWorld
beforeAll(async () => {
  world = await startMetaWorld()
})
afterAll(() => world.close())

function accessOf(sender: MetaSender, settings: object = {}, secrets: object = {}): AccessCheck {
  const given = { ...(sender.request.settings['cloud_api'] as object), ...settings }
  return {
    settings: cloudApiSettingsSchema.parse(given),
    secrets: { accessToken: sender.token, appSecret: app.secret, ...secrets },
    baseUrl: world.server.url,
  }
}

async function problemsOf(check: AccessCheck): Promise<Partial<Record<AccessPart, AccessProblem>>> {
  const { results } = await checkCloudApiAccess(check)
  return Object.fromEntries(
    results.flatMap(({ part, problem }) => (problem === null ? [] : [[part, problem]])),
  )
}

describe('the check of what a person entered', () => {
  test('all is right: every part passes, and the number is named', async () => {
    const sender = world.addSender()
    const report = await checkCloudApiAccess(accessOf(sender))
    expect(report.results.map(({ problem }) => problem)).toEqual([null, null, null, null, null, null])
    expect(report.number).toEqual({ phone: sender.account.numbers[0]?.phone, name: 'Toko Simulasi' })
  })

  test('each mistake has a result of its own', async () => {
    const sender = world.addSender()
    const other = world.addSender({ accessTokens: [sender.token, 'EAAother000000000000000000'] })
    expect(
      await problemsOf(accessOf(sender, {}, { accessToken: 'EAAwrong00000000000000000' })),
    ).toMatchObject({
      token: 'token_invalid',
      app_secret: 'not_checked',
    })
    expect(await problemsOf(accessOf(sender, { phoneNumberId: '999999999' }))).toEqual({
      phone_number: 'not_found',
      waba: 'not_in_waba',
    })
    expect(await problemsOf(accessOf(sender, { wabaId: '999999999' }))).toMatchObject({ waba: 'not_found' })
    expect(await problemsOf(accessOf(sender, { wabaId: other.wabaId }))).toEqual({ waba: 'not_in_waba' })
    expect(await problemsOf(accessOf(sender, {}, { appSecret: 'f'.repeat(32) }))).toEqual({
      app_secret: 'secret_wrong',
    })
    world.server.control.setNumberStatus(sender.numberId, 'PENDING')
    expect(await problemsOf(accessOf(sender))).toEqual({ phone_number: 'not_registered' })
    const silent = world.addSender({ isSubscribed: false })
    expect(await problemsOf(accessOf(silent))).toEqual({ webhooks: 'not_subscribed' })
  })

  test('a Meta that cannot be reached proves nothing wrong', async () => {
    const check = { ...accessOf(world.addSender()), baseUrl: 'http://127.0.0.1:1' }
    expect(await problemsOf(check)).toMatchObject({ token: 'unreachable', phone_number: 'not_checked' })
  })
})

describe('Embedded Signup', () => {
  test('a code becomes a token that subscribes and registers, once', async () => {
    const sender = world.addSender({ isSubscribed: false })
    const { url: baseUrl, control } = world.server
    const code = control.grantCode(app.id, sender.token)
    const exchange = { appId: app.id, appSecret: app.secret, code, baseUrl }
    expect(await exchangeSignupCode({ ...exchange, appSecret: 'f'.repeat(32) })).toMatchObject({
      kind: 'refused',
    })
    expect(await exchangeSignupCode(exchange)).toEqual({ kind: 'done', value: { accessToken: sender.token } })
    expect(await exchangeSignupCode(exchange)).toMatchObject({ kind: 'refused', code: '100' })
    const { token: accessToken, wabaId, numberId: phoneNumberId } = sender
    expect(await subscribeToAccount({ accessToken, wabaId, baseUrl })).toMatchObject({ kind: 'done' })
    expect(await problemsOf(accessOf(sender))).toEqual({})
    expect(await registerNumber({ accessToken, phoneNumberId, pin: '12', baseUrl })).toMatchObject({
      kind: 'refused',
    })
    expect(await registerNumber({ accessToken, phoneNumberId, pin: '123456', baseUrl })).toMatchObject({
      kind: 'done',
    })
  })
})

describe('what a person enters', () => {
  test('is read whole, or every field that is wrong is named by its rule', () => {
    expect(parseCloudApiSettings({ cloud_api: { phoneNumberId: '12345', wabaId: '54321' } })).toMatchObject({
      kind: 'valid',
      value: { apiVersion: 'v23.0', marketingMessages: false, linkPreview: true },
    })
    const wrong = parseCloudApiSettings({ cloud_api: { phoneNumberId: 'abc', apiVersion: '23' } })
    expect(wrong).toMatchObject({ kind: 'invalid' })
    if (wrong.kind === 'invalid') {
      expect(wrong.problems.map(({ field }) => field)).toEqual(['phoneNumberId', 'wabaId', 'apiVersion'])
    }
    const secrets = parseCloudApiSecrets({ accessToken: 'short secret', appSecret: 'x', verifyToken: 'y' })
    expect(JSON.stringify(secrets)).not.toContain('short secret')
  })
})
