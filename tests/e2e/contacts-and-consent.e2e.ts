import {
  campaignOperations,
  contactOperations,
  personDataOperations,
  templateOperations,
} from '@siar/contract'
import { waitUntil } from '@siar/test-kit'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { buildWorkbook } from '../../apps/server/src/features/imports/workbook.fixtures.ts'
import type { Api } from './api.ts'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { framesOf, shownTwice } from './frames.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'
import { onlineSender } from './world.ts'

const siar = inject('sharedSiar')
const shop = 'Kedai Persetujuan'
let browser: Browser
let visitor: Visitor
let api: Api
let senderId: string

const workbook = buildWorkbook({
  sheets: [
    {
      name: 'Pelanggan',
      rows: [
        ['Nama Lengkap', 'No. WhatsApp', 'Tag'],
        ['Ayu Lestari', 6281399100001, 'Pelanggan'],
        ['Bima Saputra', '0813-9910-0002', 'Pelanggan'],
        ['=1+1', '0813 9910 0003', ''],
        ['Nomor rusak', '12345', 'Pelanggan'],
      ],
    },
  ],
})
const google = [
  'First Name,Middle Name,Last Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value',
  'Citra,,Dewi,,* myContacts ::: Pelanggan,* Home,citra@example.com,Mobile,+62 813-9910-0004,Work,0813-9910-0005',
  'Ayu,,Lestari,,* myContacts ::: Pelanggan,,,Mobile,081399100001,,',
  'Tanpa,,Nomor,,* myContacts,,,,,,',
].join('\r\n')
/** Ayu and Bima of the workbook, Citra of Google Contacts. */
const customers = ['+6281399100001', '+6281399100002', '+6281399100004']
const leaver = { name: 'Citra Dewi', phone: '+6281399100004' }

beforeAll(async () => {
  browser = await launchBrowser()
  visitor = await openVisitor(browser, siar)
  await signIn(visitor, siar.admin)
  api = visitor.api(await newWorkspace(visitor, shop))
  senderId = await onlineSender(api, 'Nomor persetujuan')
  await api.call(templateOperations.create, {
    body: {
      name: 'Kabar pelanggan',
      category: 'promotion',
      texts: { en: 'Hello {name}! Good news. No more of it: {opt_out_link}' },
    },
  })
})

afterAll(() => browser?.close())

keepEvidence(() => visitor)

const figure = (page: Page, name: string) =>
  page.locator('dl > div', { hasText: name }).locator('dd').innerText()

async function importFile(name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const { page } = visitor
  await page.goto('/contacts/imports/new')
  await page.getByLabel('File with contacts').setInputFiles({ name, mimeType, buffer })
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('radio', { name: 'They agreed, and I can say how' }).click()
  await page.getByLabel(/In your own words/).fill('Ticked the box on the form at the counter')
  await page.getByRole('button', { name: /^Import about/ }).click()
}

test('a workbook and an export of Google Contacts are imported, each row in exactly one group', async () => {
  const { page } = visitor
  await importFile('pelanggan.xlsx', 'application/octet-stream', workbook)
  await page.getByText('4 rows were handled').waitFor()
  expect(await figure(page, 'New contacts')).toBe('3')
  expect(await figure(page, 'Unusable rows')).toBe('1')

  await importFile('contacts.csv', 'text/csv', Buffer.from(google))
  await page.getByText('3 rows were handled').waitFor()
  expect(await figure(page, 'New contacts')).toBe('1')
  expect(await figure(page, 'Unusable rows')).toBe('1')
})

test('the table is exported, and no name in the file is a formula', async () => {
  const { page } = visitor
  await page.goto('/contacts')
  await page.getByText('4 contacts').waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export 4 contacts' })
  await dialog.getByRole('button', { name: 'None' }).click()
  for (const name of ['Full name', 'WhatsApp number', 'Other numbers'])
    await dialog.getByRole('checkbox', { name, exact: true }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ])
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines[0]).toBe('\ufeffFull name,WhatsApp number,Other phone')
  expect(lines.slice(1).sort()).toEqual([
    "'=1+1,+6281399100003,",
    'Ayu Lestari,+6281399100001,',
    'Bima Saputra,+6281399100002,',
    'Citra Dewi,+6281399100004,+6281399100005',
  ])
})

test('columns and filters are saved as a view by keyboard, and a phone takes it', async () => {
  const { page } = visitor
  await page.goto('/contacts?sort=name')
  await page.getByText('4 contacts').waitFor()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'E-mail' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('columnheader', { name: 'E-mail' }).waitFor()
  await page.getByRole('button', { name: 'Views' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Save this view…' }).press('Enter')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('With e-mail')
  await page.getByRole('checkbox', { name: /For everybody/ }).press('Space')
  await page.getByRole('button', { name: 'Save view' }).press('Enter')
  await page.getByText('“With e-mail” was saved').waitFor()

  await page.evaluate(() => localStorage.removeItem('siar.columns.contacts'))
  await page.setViewportSize({ width: 360, height: 800 })
  await page.goto('/contacts')
  await page.getByText('4 contacts').waitFor()
  expect(await page.getByText('citra@example.com').count()).toBe(0)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitemradio', { name: /With e-mail/ }).click()
  await page.getByText('citra@example.com').waitFor()
  expect(page.url()).toContain('sort=name')
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('a segment of customers is built, and the consent of one of them can be read', async () => {
  const { page } = visitor
  await page.goto('/contacts/segments/new')
  await page.getByLabel('Name of the segment').fill('Pelanggan')
  const line = page.getByRole('group', { name: 'Line 1', exact: true }).last()
  await line.getByRole('combobox', { name: 'Value', exact: true }).click()
  await page.getByRole('option', { name: 'Pelanggan', exact: true }).first().click()
  await page.keyboard.press('Escape')
  await page.getByText('People with the tag Pelanggan', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Save segment' }).click()
  await page.getByRole('link', { name: 'Pelanggan', exact: true }).click()
  await page.getByText('3 contacts').waitFor()
  await page.getByRole('button', { name: leaver.name }).click()
  const sheet = page.getByRole('dialog', { name: leaver.name })
  await sheet.getByRole('tab', { name: 'Consent' }).click()
  await sheet.getByText('Ticked the box on the form at the counter').waitFor()
  expect(visitor.troubles()).toEqual([])
})

async function sendToCustomers(name: string, people: number): Promise<string> {
  const { page } = visitor
  await page.goto('/campaigns/new')
  await page.getByRole('radio', { name: 'Kabar pelanggan' }).click()
  await page.getByLabel('Name of the campaign').fill(name)
  await page.getByRole('button', { name: 'On to recipients' }).click()
  await page.getByRole('radio', { name: 'Chosen people' }).click()
  await page.getByRole('combobox', { name: 'Segments' }).click()
  await page.getByRole('option', { name: 'Pelanggan' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'On to the schedule' }).click()
  await page.getByRole('button', { name: 'On to the preview' }).click()
  await page.getByRole('button', { name: `Send to ${people} people now` }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Send to ${people} people now` })
    .click()
  await page.waitForURL(/\/campaigns\/cmp_/)
  const campaignId = /cmp_\w+/.exec(page.url())?.[0] ?? ''
  await waitUntil(
    async () => (await api.call(campaignOperations.get, { params: { campaignId } })).status === 'completed',
    { timeoutMs: 30_000, what: 'the campaign to end' },
  )
  return campaignId
}

test('a person leaves by the link of a message that was sent, and the ledger shows it', async () => {
  await sendToCustomers('First news', 3)
  expect([...new Set(framesOf(siar.dataDir, [senderId]).map(({ to }) => to))].sort()).toEqual(customers)
  const found = await api.call(contactOperations.list, { query: { search: leaver.phone } })
  const contactId = found.data[0]?.id ?? ''
  const { messages } = await api.call(personDataOperations.export, { params: { contactId } })
  const link = /\/u\/\S+/.exec(messages[0]?.text ?? '')?.[0] ?? 'no link'

  const phone = await openVisitor(browser, { url: siar.url, width: 390 })
  await phone.page.goto(link)
  await phone.page.getByText(`Anda menerima promosi WhatsApp dari ${shop}.`).waitFor()
  await phone.page.getByRole('button', { name: 'Berhenti terima promosi' }).click()
  await phone.page.getByText('Anda sudah berhenti.').waitFor()
  expect(phone.troubles()).toEqual([])
  await phone.close()

  const { page } = visitor
  await page.goto(`/contacts?contact=${contactId}`)
  const sheet = page.getByRole('dialog', { name: leaver.name })
  await sheet.getByRole('tab', { name: 'Consent' }).click()
  await sheet.getByText(`Saya tidak mau lagi menerima promosi WhatsApp dari ${shop}.`).waitFor()
})

test('the next campaign passes that person over and says why', async () => {
  const { page } = visitor
  await sendToCustomers('Second news', 2)
  await page.getByRole('tab', { name: 'Recipients' }).click()
  await page.getByRole('combobox', { name: 'Outcome' }).click()
  await page.getByRole('option', { name: 'Skipped' }).click()
  const row = page.getByRole('table').getByRole('row', { name: new RegExp(leaver.name) })
  await row.getByText('This number is on the do-not-send list.').waitFor()
  const frames = framesOf(siar.dataDir, [senderId])
  expect(frames.filter(({ to }) => to === leaver.phone)).toHaveLength(1)
  expect(frames).toHaveLength(5)
  expect(shownTwice(frames.slice(0, 3))).toEqual([])
  expect(visitor.troubles()).toEqual([])
})
