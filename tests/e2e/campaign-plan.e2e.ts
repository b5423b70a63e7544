import { campaignOperations, identityOperations, templateOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Api } from './api.ts'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'

const siar = inject('sharedSiar')
const PLAN = 'Setiap Senin dan Kamis pukul 09.00 (WIB), 10 kali'
let browser: Browser
let visitor: Visitor
let api: Api
let shortTemplateId: string

beforeAll(async () => {
  browser = await launchBrowser()
  visitor = await openVisitor(browser, { ...siar, language: 'id' })
  await signIn(visitor, siar.admin)
  await visitor.api().call(identityOperations.updateMe, { body: { language: 'id' } })
  api = visitor.api(await newWorkspace(visitor, 'Kedai Rencana'))
  await makeTemplate(
    'Kabar panjang',
    'Halo {name=Kak}, kopi baru sudah datang. Balas BERHENTI bila tidak berkenan.',
  )
  shortTemplateId = await makeTemplate(
    'Kabar singkat',
    '{name=Kak}, kopi baru! Balas BERHENTI bila tidak berkenan.',
  )
})

afterAll(async () => {
  await visitor?.api().call(identityOperations.updateMe, { body: { language: 'en' } })
  await browser?.close()
})

keepEvidence(() => visitor)

test('a campaign that repeats and compares two messages is planned in Indonesian, saved, and taken up again the same', async () => {
  const { page } = visitor
  await page.goto('/campaigns/new')
  await page.getByRole('radio', { name: 'Kabar panjang' }).click()
  await page.getByLabel('Nama kampanye').fill('Kabar dua kali seminggu')
  await page.getByRole('button', { name: 'Lanjut ke penerima' }).click()
  await page.getByRole('radio', { name: 'Semua orang' }).click()
  await page.getByRole('button', { name: 'Lanjut ke jadwal' }).click()

  await repeatOnMondayAndThursday(page)
  await page.getByText(PLAN).first().waitFor()
  await expect
    .poll(() => page.locator('ol time').allInnerTexts())
    .toEqual([6, 9, 13, 16, 20].map((day) => `${day} Jan 2031, 09.00`))
  await compareAndHoldOut(page)
  await page.getByRole('button', { name: 'Lanjut ke pratinjau' }).click()
  await page.getByText('2 pesan, lebih banyak dibaca · 10% disisihkan').waitFor()
  await page.getByRole('button', { name: 'Simpan dan keluar' }).click()
  await page.waitForURL(/\/campaigns$/)

  const saved = await plannedCampaign()
  expect(saved.schedule).toEqual({
    kind: 'recurring',
    at: '2031-01-06T09:00',
    timeZone: 'Asia/Jakarta',
    rule: 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10',
  })
  expect(saved.experiment).toEqual({
    variants: [
      { key: 'A', templateId: null, weight: 1, delayMinutes: 0 },
      { key: 'B', templateId: shortTemplateId, weight: 1, delayMinutes: 180 },
    ],
    testSharePercent: 20,
    holdoutPercent: 10,
    goal: 'read',
    decide: 'automatic',
    decideAfterHours: 48,
  })

  await page.goto(`/campaigns/${saved.id}/edit?step=schedule`)
  await page.getByText(PLAN).first().waitFor()
  expect(await page.getByLabel('Jam', { exact: true }).inputValue()).toBe('09:00')
  expect(await page.getByLabel('Berapa kali').inputValue()).toBe('10')
  expect(await pressedDays(page)).toEqual(['Senin', 'Kamis'])
  expect(await page.getByLabel('Setelah berapa jam?').inputValue()).toBe('48')
  const second = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Pesan B' }) })
  await second.getByText('Kabar singkat').waitFor()
  await page.getByRole('button', { name: 'Lanjut ke pratinjau' }).click()
  await page.getByText('2 pesan, lebih banyak dibaca · 10% disisihkan').waitFor()
  expect(await plannedCampaign()).toEqual(saved)
  expect(visitor.troubles()).toEqual([])
})

async function repeatOnMondayAndThursday(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Berulang' }).click()
  await page.getByLabel('Mulai dari').fill('2031-01-06')
  const day = (name: string) => page.getByRole('button', { name, exact: true })
  for (const name of ['Senin', 'Kamis']) {
    if ((await day(name).getAttribute('aria-pressed')) !== 'true') await day(name).click()
  }
  for (const name of await pressedDays(page)) {
    if (name !== 'Senin' && name !== 'Kamis') await day(name).click()
  }
  await page.getByLabel('Berakhir').click()
  await page.getByRole('option', { name: 'Setelah beberapa kali' }).click()
  await page.getByLabel('Berapa kali').fill('10')
}

const DAYS = ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu']

async function pressedDays(page: Page): Promise<string[]> {
  const days = page.getByRole('group', { name: 'Pada hari' })
  const pressed = await Promise.all(
    DAYS.map((name) => days.getByRole('button', { name, exact: true, pressed: true }).count()),
  )
  return DAYS.filter((_, index) => pressed[index] === 1)
}

async function compareAndHoldOut(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'Bandingkan pesan' }).click()
  const second = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Pesan B' }) })
  await second.getByRole('combobox', { name: 'Pesan' }).click()
  await page.getByRole('option', { name: 'Kabar singkat' }).click()
  await second.getByRole('combobox', { name: 'Berangkat' }).click()
  await page.getByRole('option', { name: '3 jam sesudahnya (12.00)' }).click()
  await page.getByRole('radio', { name: 'Sebagian dulu' }).click()
  await page.getByLabel('Setelah berapa jam?').fill('48')
  await page.getByRole('switch', { name: 'Sisihkan sebagian orang' }).click()
}

async function makeTemplate(name: string, id: string): Promise<string> {
  const template = await api.call(templateOperations.create, {
    body: { name, category: 'promotion', texts: { id } },
  })
  return template.id
}

async function plannedCampaign(): Promise<Campaign> {
  const { data } = await api.call(campaignOperations.list)
  const [campaign, ...more] = data
  if (!campaign || more.length > 0) throw new Error(`There are ${data.length} campaigns`)
  return campaign
}
