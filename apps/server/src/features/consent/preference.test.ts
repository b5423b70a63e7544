import { createBus } from '@siar/database'
import type { ContactId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SiarEvent } from '../../core.ts'
import { createTestApp } from '../../testing/test-app.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { startSendingShop } from '../sending/sending-shop.fixtures.ts'
import type { SendingShop } from '../sending/sending-shop.fixtures.ts'
import { createPreferenceTokens } from './preference-token.ts'

const database = await testDatabase({ poolMax: 12 })
const bus = await createBus<SiarEvent>(database)
const world = await createTestApp(database, {
  edges: { bus },
  config: { publicUrl: 'https://siar.example' },
})
const { core, services } = world
const tokens = createPreferenceTokens(core.config.secrets.encryption)
let shop: ShopFixture
let sendAll: SendingShop['sendAll']
let stop: SendingShop['stop']

beforeEach(async () => {
  ;({ shop, sendAll, stop } = await startSendingShop(world, 'preferences'))
})

afterEach(() => stop())
afterAll(() => bus.close())

const pathOf = (message = ''): string => {
  const link = message.match(/https:\/\/siar\.example(\/u\/[0-9a-z]{69})(?![0-9a-z])/)
  if (!link?.[1]) throw new Error(`no link in: ${message}`)
  return link[1]
}
const pathFor = (contactId: string): string =>
  `/u/${tokens.make({ contactId: contactId as ContactId, runId: null })}`
const look = (path: string, query: Record<string, string> = {}) => world.nobody.send('GET', path, { query })

async function press(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const reply = await world.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })
  await core.clock.advanceBy(1_000)
  return reply
}

const stateOf = async (contactId: string) => {
  const { marketingConsent, suppressed } = await services.contacts.get(
    shop.workspaceId,
    contactId as ContactId,
  )
  return { marketingConsent, suppressed }
}
const ledgerOf = (contactId: string) =>
  services.consent.listConsents(shop.workspaceId, contactId as ContactId)
const everything = async () =>
  shop.query(
    `select (select count(*)::int from consents where workspace_id = $1) as consents,
       (select count(*)::int from suppressions where workspace_id = $1) as suppressions,
       (select json_agg(json_build_array(marketing_consent, updated_at) order by id) from contacts where workspace_id = $1) as contacts`,
    [shop.workspaceId],
  )

describe('the link in a message', () => {
  test('leads out: the person leaves with one press, and the next campaign skips them and says why', async () => {
    const [budi, sari] = [await shop.addContact({ name: 'Budi' }), await shop.addContact({ name: 'Sari' })]
    const { id } = await shop.draft(
      { trackLinks: true },
      'Hai {name}, lihat https://toko.id/a. Berhenti: {tautan_berhenti}',
    )
    const texts = await sendAll(id)
    const [ofBudi, ofSari] = [pathOf(texts.get(budi.phone)), pathOf(texts.get(sari.phone))]
    expect(ofBudi).not.toBe(ofSari)
    expect(texts.get(budi.phone)).not.toContain(budi.phone.slice(1))

    const reply = await press(ofBudi, { change: 'stop', lang: 'id' })
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${ofBudi}?lang=id&notice=saved`])
    expect(await stateOf(budi.id)).toEqual({ marketingConsent: 'withdrawn', suppressed: 'unsubscribed' })
    expect(await stateOf(sari.id)).toEqual({ marketingConsent: 'granted', suppressed: null })
    const [row] = await ledgerOf(budi.id)
    expect(row).toMatchObject({
      state: 'withdrawn',
      source: 'link',
      wording: expect.stringContaining('tidak mau lagi menerima promosi WhatsApp'),
      evidence: { page: 'preferences', wordingVersion: 'preferences-1', language: 'id', campaignId: id },
    })
    const [figure] = await shop.query(
      `select count from run_figures f join runs r on r.id = f.run_id where r.campaign_id = $1 and figure = 'opt_out'`,
      [id],
    )
    expect(figure).toEqual({ count: 1 })

    const { id: next } = await shop.draft({}, 'Kabar baru, {name}. Balas STOP untuk berhenti')
    const again = await sendAll(next)
    expect([...again.keys()]).toEqual([sari.phone])
    expect(await shop.reasons(next)).toEqual({ suppressed: 1 })
  })

  test('reaches every address of the person, and pressing twice equals once', async () => {
    const { id } = await shop.addContact()
    await shop.query(
      `insert into addresses (id, workspace_id, contact_id, kind, value) values ($1, $2, $3, 'lid', $1), ($4, $2, $3, 'phone', '+628120009999')`,
      [core.newId('adr'), shop.workspaceId, id, core.newId('adr')],
    )
    const path = pathFor(id)
    await press(path, { change: 'stop', lang: 'en' })
    await press(path, { change: 'stop', lang: 'en' })
    const { total } = await services.consent.listSuppressions(shop.workspaceId, { limit: 10 })
    expect(total).toBe(3)
    expect((await ledgerOf(id)).map(({ state }) => state)).toEqual(['withdrawn'])
  })

  test('stops the contact that the one of the link was merged into', async () => {
    const [kept, merged] = [await shop.addContact(), await shop.addContact()]
    await services.contacts.merge(shop.workspaceId, shop.actor, kept.id, {
      otherId: merged.id,
      take: [],
      takeCustom: [],
    })
    expect((await press(pathFor(merged.id), { change: 'stop', lang: 'id' })).statusCode).toBe(303)
    const [state] = await shop.query('select marketing_consent as state from contacts where id = $1', [
      kept.id,
    ])
    expect(state).toEqual({ state: 'withdrawn' })
  })

  test('opens the page of a person in a suspended workspace too, and of none in a removed one', async () => {
    const { id } = await shop.addContact()
    await shop.query(`update workspaces set status = 'suspended' where id = $1`, [shop.workspaceId])
    expect((await press(pathFor(id), { change: 'stop', lang: 'id' })).statusCode).toBe(303)
    await shop.query(`update workspaces set status = 'removed' where id = $1`, [shop.workspaceId])
    expect((await look(pathFor(id))).status).toBe(404)
  })
})

describe('looking', () => {
  test('changes nothing, however it is done: scanners open links', async () => {
    const { id } = await shop.addContact()
    const before = await everything()
    const path = pathFor(id)
    for (const method of ['GET', 'HEAD'])
      for (const query of [
        {},
        { change: 'stop' },
        { lang: 'en', notice: 'saved' },
        { agree: 'yes', change: 'come_back' },
      ])
        expect((await world.nobody.send(method, path, { query })).status).toBe(200)
    expect(await everything()).toEqual(before)
  })

  test('shows whose messages these are and nothing of the person, and is kept by nobody', async () => {
    await shop.query(`update workspaces set name = 'Toko <b>"Ayu" & Co' where id = $1`, [shop.workspaceId])
    const { id, phone } = await shop.addContact({ name: 'Dewi Lestari' })
    const reply = await look(pathFor(id))
    expect(reply.text).toContain('Toko &lt;b&gt;&quot;Ayu&quot; &amp; Co')
    expect(reply.text).not.toContain('Dewi')
    expect(reply.text).not.toContain(phone.slice(-6))
    expect(reply.text).not.toContain('<script')
    expect(reply.text.length).toBeLessThan(6_000)
    expect(reply.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'same-origin',
    })
    expect(reply.text).toContain('<meta name="robots" content="noindex, nofollow">')
  })

  test('speaks the language of the person, or the one they choose', async () => {
    const { id } = await shop.addContact()
    await shop.query(`update contacts set language = 'en' where id = $1`, [id])
    expect((await look(pathFor(id))).text).toContain('Stop promotions')
    expect((await look(pathFor(id), { lang: 'id' })).text).toContain('Berhenti terima promosi')
  })
})

describe('coming back', () => {
  test('is an own choice: a tick and a press, kept with the words that were shown', async () => {
    const { id } = await shop.addContact()
    const path = pathFor(id)
    await press(path, { change: 'stop', lang: 'id' })
    const page = (await look(path)).text
    const words = page.match(/<span>(Saya setuju[^<]+)<\/span>/)?.[1]
    const refused = await press(path, { change: 'come_back', lang: 'id' })
    expect(refused.headers.location).toContain('notice=notTicked')
    expect((await stateOf(id)).marketingConsent).toBe('withdrawn')
    await press(path, { change: 'come_back', agree: 'yes', lang: 'id' })
    expect(await stateOf(id)).toEqual({ marketingConsent: 'granted', suppressed: null })
    const [row] = await ledgerOf(id)
    expect(row).toMatchObject({ state: 'granted', source: 'link', wording: words })
  })

  test('does not undo what the shop itself put up, and the page says so', async () => {
    const { id, phone } = await shop.addContact()
    await services.consent.addSuppression(shop.workspaceId, shop.actor, { phone, note: '' })
    const path = pathFor(id)
    expect((await look(path)).text).not.toContain('<form')
    await press(path, { change: 'come_back', agree: 'yes', lang: 'id' })
    expect((await stateOf(id)).suppressed).toBe('manual')
  })
})

describe('what the page refuses', () => {
  test('tokens that were not made here, and people who are gone', async () => {
    const { id } = await shop.addContact()
    const gone = pathFor(core.newId('con'))
    for (const path of [gone, '/u/x', `${pathFor(id)}0`, pathFor(id).slice(0, -1), '/u/%00', "/u/1'--"]) {
      const reply = await look(path)
      expect(reply.status, path).toBe(404)
      expect(reply.text).toMatch(/Tautan tidak ditemukan[\s\S]*Link not found/)
      expect((await press(path, { change: 'stop', lang: 'id' })).statusCode, path).toBe(404)
    }
  })

  test('bodies that are no form, too long, or say nothing: nothing changes', async () => {
    const { id } = await shop.addContact()
    const before = await everything()
    await press(pathFor(id), {})
    await press(pathFor(id), { change: 'delete' })
    const long = await press(pathFor(id), { change: 'stop', more: 'x'.repeat(3_000) })
    expect(long.statusCode).toBe(413)
    const json = await world.nobody.send('POST', pathFor(id), { body: { change: 'stop' } })
    expect(json.status).toBe(303)
    expect(await everything()).toEqual(before)
  })

  test('a press that a foreign page sends with the cookie of somebody signed in', async () => {
    const { id } = await shop.addContact()
    const reply = await press(
      pathFor(id),
      { change: 'stop', lang: 'id' },
      { origin: 'https://evil.example', cookie: 'siar.session_token=x' },
    )
    expect(reply.statusCode).toBe(403)
    expect((await stateOf(id)).marketingConsent).toBe('granted')
  })

  test('the example of tests and previews changes nobody and says what it is', async () => {
    const { id } = await shop.addContact()
    const before = await everything()
    expect((await look('/u/example')).text).toContain('Ini halaman contoh')
    expect((await press('/u/example', { change: 'stop', lang: 'id' })).statusCode).toBe(303)
    expect(await everything()).toEqual(before)
    expect(id).toBeDefined()
  })
})
