import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { startSiar } from './siar.ts'
import type { Siar } from './siar.ts'
import { openVisitor } from './visitor.ts'
import type { Visitor } from './visitor.ts'

let siar: Siar
let browser: Browser
let visitor: Visitor
let link: string

beforeAll(async () => {
  ;[siar, browser] = await Promise.all([startSiar(), launchBrowser()])
  visitor = await openVisitor(browser, { url: siar.url })
  link = await siar.setUpLink()
})

afterAll(async () => {
  await browser?.close()
  await siar?.remove()
})

test('the set-up link of the terminal makes the first admin and opens the dashboard with a checklist', async () => {
  const { page } = visitor
  await page.goto(link)
  await page.getByLabel('Your name').fill('Rani Wijaya')
  await page.getByLabel('E-mail').fill('rani@kopi.example')
  await page.getByLabel('Password', { exact: true }).fill('seduh-manual-92C')
  await page.getByLabel('Workspace name').fill('Kopi Rani')
  await page.getByRole('button', { name: 'Create account and start' }).click()

  await page.getByRole('heading', { name: 'Hello, Rani' }).waitFor()
  await page.getByText('0 of 5').waitFor()
  for (const step of [
    'Connect a sender',
    'Import contacts',
    'Write a template',
    'Send your first campaign',
  ]) {
    expect(await page.getByText(step, { exact: true }).isVisible()).toBe(true)
  }
})

test('the first admin owns the demo workspace, which is marked, and its campaign moves without reloading', async () => {
  const { page } = visitor
  await page
    .getByRole('button', { name: /Kopi Rani/ })
    .first()
    .click()
  await page
    .getByRole('menuitemradio', { name: /Kopi Melati/ })
    .or(page.getByRole('menuitem', { name: /Kopi Melati/ }))
    .click()
  await page.getByText('You are looking at the demo shop').waitFor()
  await page.getByRole('link', { name: 'Promo akhir pekan' }).click()
  const done = page.getByText(/^\d+ of [\d,]+ people done$/)
  await done.waitFor()
  const before = await done.innerText()
  await expect.poll(() => done.innerText(), { timeout: 30_000 }).not.toBe(before)
  expect(visitor.troubles()).toEqual([])
})

test('the set-up link works once: opening it again says that set-up is done', async () => {
  const stranger = await openVisitor(browser, { url: siar.url })
  await stranger.page.goto(link)
  await stranger.page.getByRole('heading', { name: 'Set-up is already done' }).waitFor()
  expect(await stranger.page.getByLabel('Your name').count()).toBe(0)
  await stranger.close()
})
