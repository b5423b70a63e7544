import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { campaignOperations, senderOperations } from '@siar/contract'
import type { Browser, Download } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { framesOf, reached, shownTwice } from './frames.ts'
import { messyPeople } from './messy-people.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'

const PICTURE = fileURLToPath(new URL('../../examples/promo.jpg', import.meta.url))

const siar = inject('sharedSiar')
const people = messyPeople('871')
let browser: Browser
let visitor: Visitor
let workspaceId: string

beforeAll(async () => {
  browser = await launchBrowser()
  visitor = await openVisitor(browser, siar)
  await signIn(visitor, siar.admin)
  workspaceId = await newWorkspace(visitor, 'Kedai Utama')
})

afterAll(() => browser?.close())

keepEvidence(() => visitor)

test('a simulator sender shows its code, the phone scans it, and it comes online', async () => {
  const { page } = visitor
  await page.goto('/senders')
  await page.getByRole('link', { name: 'Add a sender' }).click()
  await page.getByLabel('Name').fill('Nomor utama')
  await page.getByRole('button', { name: 'Add and link' }).click()
  await page.getByRole('img', { name: 'QR code that links this sender' }).waitFor()
  await page
    .getByRole('figure', { name: "The simulator's phone" })
    .getByRole('button', { name: 'Scan' })
    .click()
  await page.getByText('Nomor utama is linked').waitFor()
  await page.getByText('Online', { exact: true }).first().waitFor()
})

test('a messy file is imported: columns guessed, problems shown first, figures that add up', async () => {
  const { page } = visitor
  await page.goto('/contacts/imports/new')
  await page.getByLabel('File with contacts').setInputFiles({
    name: 'pelanggan lama.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(people.text),
  })
  await page.getByRole('combobox', { name: 'Save No. WhatsApp as' }).waitFor()
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Save No. WhatsApp as' }).innerText())
    .toBe('WhatsApp number')
  await page.getByRole('combobox', { name: 'Save Kota as' }).click()
  await page.getByRole('option', { name: 'New field “Kota”' }).click()
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await page.getByText(`Looked at the first ${people.rows} rows`).waitFor()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('radio', { name: 'They agreed, and I can say how' }).click()
  await page.getByLabel(/In your own words/).fill('Mengisi formulir di kasir dan mencentang kotak promo')
  await page.getByLabel(/Onto a new list/).fill('Pelanggan lama')
  await page.getByRole('button', { name: /^Import about/ }).click()

  await page.getByText(`${people.rows} rows were handled`).waitFor()
  const figure = (name: string) => page.locator('dl > div', { hasText: name }).locator('dd').innerText()
  expect(await figure('New contacts')).toBe(String(people.valid))
  expect(await figure('Repeated rows')).toBe(String(people.duplicates))
  expect(await figure('Unusable rows')).toBe(String(people.invalid))
  expect(await figure('Rows in total')).toBe(String(people.rows))
  expect(people.valid + people.duplicates + people.invalid).toBe(people.rows)
})

test('the unused rows can be downloaded, each with its reason', async () => {
  const { page } = visitor
  const unused = people.duplicates + people.invalid
  const text = await textOf(
    await savedBy(() => page.getByRole('button', { name: `Download ${unused} unused rows` }).click()),
  )
  const lines = text.trim().split(/\r?\n/)
  expect(lines).toHaveLength(unused + 1)
  expect(lines.filter((line) => line.includes('The same number stands in an earlier row.'))).toHaveLength(
    people.duplicates,
  )
  expect(text).toContain("'=1+1")
})

test('a template with names, several ways to say it and a picture is made and previewed', async () => {
  const { page } = visitor
  await page.goto('/templates/new')
  await page.getByLabel('Name', { exact: true }).fill('Promo toko baru')
  await page
    .getByLabel('Message in Bahasa Indonesia')
    .fill(
      '{Halo|Hai} {name=Kak}, kedai kami di {Kota} {buka|sudah buka}. Balas BERHENTI bila tidak berkenan.',
    )
  await page.locator('input[type=file]').setInputFiles(PICTURE)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved').first().waitFor()
})

test('the wizard forecasts who gets it and who does not, and sends to exactly those after one confirmation', async () => {
  const { page } = visitor
  const recipients = people.valid - people.withoutCity
  await page.goto('/campaigns/new')
  await page.getByRole('radio', { name: 'Promo toko baru' }).click()
  await page.getByLabel('Name of the campaign').fill('Pembukaan toko')
  await page.getByRole('button', { name: 'On to recipients' }).click()
  await page.getByRole('radio', { name: 'Chosen people' }).click()
  await page.getByRole('combobox', { name: 'Lists' }).click()
  await page.getByRole('option', { name: /Pelanggan lama/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'On to the schedule' }).click()
  await page.getByRole('radio', { name: 'Right away' }).waitFor()
  await page.getByRole('button', { name: 'On to the preview' }).click()
  const send = page.getByRole('button', { name: `Send to ${recipients} people now` })
  await send.click()
  await page.getByRole('dialog').getByText('Send “Pembukaan toko” now?').waitFor()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Send to ${recipients} people now` })
    .click()
  await page.getByText('100%').first().waitFor()
  await page.getByText('Completed', { exact: true }).first().waitFor()
})

test('the figures, the log and the report agree with what the network itself recorded', async () => {
  const { page } = visitor
  const api = visitor.api(workspaceId)
  const { data: campaigns } = await api.call(campaignOperations.list)
  const { data: senders } = await api.call(senderOperations.list)
  const campaign = campaigns[0]
  expect(campaign?.figures).toMatchObject({
    total: people.valid,
    skipped: people.withoutCity,
    queued: 0,
    unknown: 0,
  })
  const { sent = 0, failed = 0 } = campaign?.figures ?? {}
  expect(sent + failed).toBe(people.valid - people.withoutCity)

  const frames = framesOf(
    siar.dataDir,
    senders.map(({ id }) => id),
  )
  expect(shownTwice(frames)).toEqual([])
  expect(reached(frames).size).toBe(sent)

  await page.getByRole('tab', { name: 'Recipients' }).click()
  await page.getByRole('combobox', { name: 'Outcome' }).click()
  await page.getByRole('option', { name: 'Skipped' }).click()
  await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBe(people.withoutCity + 1)
  const report = await textOf(await savedBy(() => page.getByRole('button', { name: 'Report (CSV)' }).click()))
  expect(report.trim().split(/\r?\n/)).toHaveLength(people.valid + 1)
  expect(visitor.troubles()).toEqual([])
})

async function savedBy(act: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([visitor.page.waitForEvent('download'), act()])
  return download
}

async function textOf(download: Download): Promise<string> {
  return (await readFile(await download.path(), 'utf8')).replace(/^\uFEFF/, '')
}
