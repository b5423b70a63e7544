import {
  campaignOperations,
  contactOperations,
  identityOperations,
  senderOperations,
  templateOperations,
} from '@siar/contract'
import type { Contact, Sender } from '@siar/contract'
import { waitUntil } from '@siar/test-kit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Api } from './api.ts'
import { findSystemChromium, launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { shownTwice } from './frames.ts'
import { startSiar } from './siar.ts'
import type { Siar } from './siar.ts'
import { startStandInWorld } from './stand-in-world.ts'
import type { StandInWorld } from './stand-in-world.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'
import { campaignWhen, consentedList } from './world.ts'

/** The packaged Chromium takes no lock of a profile, which a browser sender needs. */
const chromium = findSystemChromium()
const ADMIN = { name: 'Rani Wijaya', email: 'rani@kopi.example', password: 'seduh-manual-92C' }
const SESSION = 'kedai'
const PEOPLE_EACH = 3
const WAIT = { timeoutMs: 120_000, everyMs: 200 }

interface Linked {
  readonly sender: Sender
  /** What the network calls its number. */
  readonly account: string
}

let world: StandInWorld
let siar: Siar
let browser: Browser
let visitor: Visitor
let api: Api
const linked: Linked[] = []

beforeAll(async () => {
  world = await startStandInWorld()
  ;[siar, browser] = await Promise.all([
    startSiar({
      SIAR_DEMO: 'off',
      STAND_INS_URL: world.url,
      SIMULATOR_URL: world.url,
      ...(chromium === null ? {} : { CHROMIUM_PATH: chromium }),
    }),
    launchBrowser(),
  ])
  const token = new URL(await siar.setUpLink()).searchParams.get('token') ?? ''
  visitor = await openVisitor(browser, { url: siar.url })
  await visitor.api().call(identityOperations.completeSetUp, {
    body: { ...ADMIN, token, workspaceName: 'Kopi Rani', language: 'en' },
  })
  await signIn(visitor, ADMIN)
  api = visitor.api(await newWorkspace(visitor, 'Kedai Semua Jalan'))
})

afterAll(async () => {
  await browser?.close()
  await siar?.remove()
  await world?.stop()
})

keepEvidence(() => visitor)

test('a simulated number is added and scanned', async () => {
  const { page } = visitor
  await choose('Simulator')
  await page.getByLabel('Name').fill('Latihan')
  await page.getByRole('button', { name: 'Add and link' }).click()
  const phone = page.getByRole('figure', { name: "The simulator's phone" })
  await phone.getByRole('button', { name: 'Scan' }).click()
  await page.getByText('Latihan is linked').waitFor()
  linked.push({ sender: await senderNamed('Latihan'), account: (await senderNamed('Latihan')).id })
})

test('Cloud API tells which value is wrong, is added when all are right, and hears of Meta’s webhook', async () => {
  const { page } = visitor
  const meta = (name: string) => world.access('graph-api', name)
  await choose('Cloud API')
  await page.getByLabel('Name', { exact: true }).fill('Resmi')
  await page.getByLabel('Phone number ID').fill(meta('phoneNumberId'))
  await page.getByLabel('WhatsApp Business account ID').fill(meta('wabaId'))
  await page.getByLabel('Access token').fill('a-token-that-nobody-knows')
  await page.getByLabel('App secret').fill(meta('appSecret'))
  await page.getByLabel('Verify token').fill(meta('verifyToken'))
  await page.getByRole('button', { name: 'Check and add' }).click()
  await page.getByRole('alert').getByText('Meta does not take this token').waitFor()
  expect((await senders()).map(({ name }) => name)).not.toContain('Resmi')

  await page.getByLabel('Access token').fill(meta('accessToken'))
  await page.getByRole('button', { name: 'Check and add' }).click()
  await page.getByRole('heading', { name: 'Webhook of Resmi' }).waitFor()
  const address = await page.getByLabel('Callback URL').inputValue()
  expect(await page.getByLabel('Verify token').inputValue()).toBe(meta('verifyToken'))
  expect(await world.ask('graph-api', 'setWebhook', meta('appId'), address)).toBe(true)
  await page.getByRole('button', { name: 'Check what Meta says' }).click()
  await page.getByRole('list', { name: 'Results of the check' }).getByText('Webhook').waitFor()
  await page.reload()
  await page.getByText('The verify token is stored and not shown again').waitFor()
  linked.push({ sender: await online('Resmi'), account: meta('phoneNumberId') })
})

test('a linked device is linked by typing the code that stands on screen', async () => {
  const { page } = visitor
  await choose('Linked device')
  await page.getByLabel('Name').fill('Ponsel kedua')
  await page.getByRole('button', { name: 'Add and link' }).click()
  const { id } = await senderNamed('Ponsel kedua')
  await page.getByRole('img', { name: 'QR code that links this sender' }).waitFor()
  await page.getByRole('button', { name: 'Type a code instead' }).click()
  await page.getByLabel('Number of the phone').fill('0812 9000 0001')
  await page.getByRole('button', { name: 'Get a code to type' }).click()
  const code = await page.getByRole('status', { name: 'Code to type on the phone' }).innerText()
  await world.ask('linked-device', 'typeCode', '+6281290000001', code.replace('-', ''), id)
  await page.getByText('Ponsel kedua is linked').waitFor({ timeout: WAIT.timeoutMs })
  linked.push({ sender: await online('Ponsel kedua'), account: id })
})

test('a WAHA server is added by its address and key, and its session scanned', async () => {
  const { page } = visitor
  await choose('WAHA')
  await page.getByLabel('Name', { exact: true }).fill('Server sendiri')
  await page.getByLabel('Address of the server').fill(world.access('waha', 'url'))
  await page.getByLabel('Name of the session').fill(SESSION)
  await page.getByLabel('API key').fill('wrong')
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page.getByRole('alert').getByText('The server refuses this key').waitFor()
  await page.getByLabel('API key').fill(world.access('waha', 'apiKey'))
  await page.getByRole('button', { name: 'Check and add' }).click()
  await page.getByRole('img', { name: 'QR code that links this sender' }).waitFor({ timeout: WAIT.timeoutMs })
  await scanShown('Server sendiri', '+6281290000002', SESSION)
  await page.getByText('Server sendiri is linked').waitFor({ timeout: WAIT.timeoutMs })
  linked.push({ sender: await online('Server sendiri'), account: SESSION })
})

test.skipIf(chromium === null)('WhatsApp Web is scanned, and shows what its page shows', async () => {
  const { page } = visitor
  await choose('WhatsApp Web')
  await page.getByLabel('Name').fill('Peramban')
  await page.getByRole('button', { name: 'Add and link' }).click()
  const { id } = await senderNamed('Peramban')
  await page.getByRole('img', { name: 'QR code that links this sender' }).waitFor({ timeout: WAIT.timeoutMs })
  await scanShown('Peramban', '+6281290000003', id)
  await page.getByText('Peramban is linked').waitFor({ timeout: WAIT.timeoutMs })
  linked.push({ sender: await online('Peramban'), account: id })
  await page.goto(`/senders/${id}?tab=connection`)
  await page.getByRole('img', { name: 'WhatsApp Web of Peramban' }).waitFor({ timeout: WAIT.timeoutMs })
})

test('one campaign over all of them reaches everybody exactly once, each from the number they wrote to', async () => {
  const { page } = visitor
  const people = linked.flatMap((_, way) =>
    Array.from({ length: PEOPLE_EACH }, (_none, index) => ({ way, phone: `+62813990${way}000${index}` })),
  )
  const rows = people.map(({ phone }, index) => `Orang ${index},${phone}`).join('\n')
  await consentedList(api, 'Pelanggan', `nama,nomor\n${rows}\n`)
  for (const { way, phone } of people) {
    await world.control('setPerson', phone, { onWhatsApp: true, habit: 'none', reading: 'soon' })
    await world.control('incoming', linked[way]?.account, phone, 'Halo, masih buka?')
  }
  await everybodyWasHeard(people.map(({ phone }) => phone))
  const text = 'Halo {name=Kak}, kami buka sampai malam. Balas BERHENTI bila tidak berkenan.'
  await api.call(templateOperations.create, {
    body: { name: 'Buka malam', category: 'promotion', texts: { id: text } },
  })

  await page.goto('/campaigns/new')
  await page.getByRole('radio', { name: 'Buka malam' }).click()
  await page.getByLabel('Name of the campaign').fill('Semua jalan')
  await page.getByRole('button', { name: 'On to recipients' }).click()
  await page.getByRole('radio', { name: 'Everyone' }).click()
  await page.getByRole('button', { name: 'On to the schedule' }).click()
  for (const { sender } of linked) await page.getByRole('checkbox', { name: sender.name }).check()
  await page.getByRole('button', { name: 'On to the preview' }).click()
  const send = `Send to ${people.length} people now`
  await page.getByRole('button', { name: send }).click()
  await page.getByRole('dialog').getByRole('button', { name: send }).click()
  await page.waitForURL(/\/campaigns\/cmp_/)
  const campaignId = /cmp_\w+/.exec(page.url())?.[0] ?? ''
  await waitUntil(async () => {
    const { status } = await api.call(campaignOperations.get, { params: { campaignId } })
    return status === 'completed'
  }, WAIT)
  const { figures } = await campaignWhen(
    api,
    campaignId,
    'every receipt',
    ({ figures: now }) => now.delivered === people.length,
  )
  expect(figures).toMatchObject({ total: people.length, sent: people.length, failed: 0, unknown: 0 })

  const frames = await world.frames()
  expect(shownTwice(frames)).toEqual([])
  expect(frames.map(({ to, senderId }) => `${senderId} → ${to}`).sort()).toEqual(
    people.map(({ way, phone }) => `${linked[way]?.account} → ${phone}`).sort(),
  )
  expect(visitor.troubles()).toEqual([])
})

async function choose(channel: string): Promise<void> {
  const { page } = visitor
  await page.goto('/senders')
  await page.getByRole('link', { name: 'Add a sender' }).first().click()
  await page.getByRole('radio', { name: channel, exact: true }).click()
}

async function senders(): Promise<readonly Sender[]> {
  return (await api.call(senderOperations.list)).data
}

function senderNamed(name: string): Promise<Sender> {
  return waitUntil(async () => (await senders()).find((sender) => sender.name === name), {
    ...WAIT,
    what: `the sender ${name}`,
  })
}

function online(name: string): Promise<Sender> {
  return waitUntil(
    async () => (await senders()).find((sender) => sender.name === name && sender.status === 'online'),
    { ...WAIT, what: `${name} to come online` },
  )
}

/** The phone scans what the screen shows now; a code that ran out meanwhile is followed by another. */
async function scanShown(name: string, phone: string, account: string): Promise<void> {
  const { id: senderId } = await senderNamed(name)
  await waitUntil(
    async () => {
      const { qr, status } = await api.call(senderOperations.getPairing, { params: { senderId } })
      return status === 'online' || (qr !== null && (await world.scan(qr.data, phone, account)) === 'paired')
    },
    { ...WAIT, what: `a scan of ${name}` },
  )
}

/** What the people wrote has become part of their history. */
async function everybodyWasHeard(phones: readonly string[]): Promise<void> {
  const { data } = await api.call(contactOperations.list, { query: { limit: '100' } })
  for (const phone of phones) {
    const contact = data.find((one: Contact) => one.phone === phone)
    const params = { contactId: contact?.id ?? '' }
    await waitUntil(
      async () => {
        const history = await api.call(contactOperations.timeline, { params })
        return history.data.some(({ kind }) => kind === 'message_in')
      },
      { ...WAIT, what: `the message of ${contact?.fullName ?? 'somebody'}` },
    )
  }
}
