import { campaignOperations, identityOperations, senderOperations } from '@siar/contract'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Api } from './api.ts'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { framesOf, reached, shownTwice } from './frames.ts'
import { enterWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'
import { countedOnce } from './world.ts'

const siar = inject('sharedSiar')
let browser: Browser
let visitor: Visitor
let api: Api

beforeAll(async () => {
  browser = await launchBrowser()
  visitor = await openVisitor(browser, { ...siar, language: 'id' })
  await signIn(visitor, siar.admin)
  const me = await visitor.api().call(identityOperations.updateMe, { body: { language: 'id' } })
  const demo = me.workspaces.find(({ isDemo }) => isDemo)
  if (!demo) throw new Error('There is no demo workspace')
  await enterWorkspace(visitor, demo.id)
  api = visitor.api(demo.id)
})

afterAll(async () => {
  await visitor?.api().call(identityOperations.updateMe, { body: { language: 'en' } })
  await browser?.close()
})

keepEvidence(() => visitor)

test('in the demo shop a campaign is made in Indonesian and runs to its end, every person explained', async () => {
  const { page } = visitor
  const name = `Kelas seduh ${Date.now()}`
  await page.goto('/campaigns/new')
  await page.getByRole('radio', { name: 'Promo akhir pekan' }).click()
  await page.getByLabel('Nama kampanye').fill(name)
  await page.getByRole('button', { name: 'Lanjut ke penerima' }).click()
  await page.getByRole('radio', { name: 'Orang pilihan' }).click()
  await page.getByRole('combobox', { name: 'Daftar' }).click()
  await page.getByRole('option', { name: /Peserta kelas seduh/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Lanjut ke jadwal' }).click()
  await page.getByRole('checkbox', { name: /Kedai Dago/ }).click()
  await page.getByRole('button', { name: 'Lanjut ke pratinjau' }).click()
  const send = page.getByRole('button', { name: /^Kirim ke [\d.]+ orang sekarang$/ })
  await send.click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Kirim ke [\d.]+ orang sekarang$/ })
    .click()
  await page.getByText('Selesai', { exact: true }).first().waitFor({ timeout: 60_000 })

  const { data } = await api.call(campaignOperations.list, { query: { search: name } })
  const { data: senders } = await api.call(senderOperations.list)
  const riau = senders.find((sender) => sender.name === 'Kedai Riau')
  const campaign = data[0]
  if (!campaign || !riau) throw new Error('The campaign or its sender is not there')
  expect(campaign.senderIds).toEqual([riau.id])
  expect(countedOnce(campaign)).toBe(campaign.figures.total)
  expect(campaign.figures.queued + campaign.figures.unknown).toBe(0)
  const startedAt = campaign.startedAt ?? ''
  const frames = framesOf(siar.dataDir, [riau.id]).filter(({ at }) => at >= startedAt)
  expect(shownTwice(frames)).toEqual([])
  expect(reached(frames).size).toBe(campaign.figures.sent)
  expect(visitor.troubles()).toEqual([])
})
