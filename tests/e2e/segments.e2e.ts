import { campaignOperations, contactOperations, templateOperations } from '@siar/contract'
import { waitUntil } from '@siar/test-kit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Api } from './api.ts'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { framesOf, shownTwice } from './frames.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'
import { onlineSender } from './world.ts'

const siar = inject('sharedSiar')
let browser: Browser
let visitor: Visitor
let api: Api
let senderId: string
/** Who is to get it: has the tag and a company, and is not on the list of those who complained. */
const wanted = ['+6281388000000', '+6281388000002']

beforeAll(async () => {
  browser = await launchBrowser()
  visitor = await openVisitor(browser, siar)
  await signIn(visitor, siar.admin)
  api = visitor.api(await newWorkspace(visitor, 'Kedai Segmen'))
  senderId = await onlineSender(api, 'Nomor segmen')
  const { id: vip } = await api.call(contactOperations.createTag, { body: { name: 'VIP' } })
  const { id: complained } = await api.call(contactOperations.createList, { body: { name: 'Complained' } })
  const people = [
    { tagIds: [vip], company: 'Toko Mawar' },
    { company: 'Toko Melati' },
    { tagIds: [vip], company: 'Toko Kenanga' },
    { tagIds: [vip], company: 'Toko Anggrek', listIds: [complained] },
    { tagIds: [vip] },
  ]
  for (const [index, person] of people.entries()) {
    const body = {
      phone: `08138800000${index}`,
      fullName: `Orang ${index}`,
      consentWording: 'Said yes',
      ...person,
    }
    await api.call(contactOperations.create, { body })
  }
  await api.call(templateOperations.create, {
    body: { name: 'Kabar VIP', category: 'promotion', texts: { en: 'Hello {name}! Reply STOP to opt out.' } },
  })
})

afterAll(() => browser?.close())

keepEvidence(() => visitor)

const pick = async (page: Page, line: string, control: string, option: string) => {
  const group = page.getByRole('group', { name: line, exact: true }).last()
  await group.getByRole('combobox', { name: control, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).first().click()
}
const count = (page: Page) =>
  page.locator('section', { hasText: 'Who is found now' }).getByRole('status').innerText()

test('a rule is built by keyboard and mouse, says itself in a sentence, and counts as it grows', async () => {
  const { page } = visitor
  await page.goto('/contacts/segments')
  await page.getByRole('heading', { name: 'Find people by a rule' }).waitFor()
  await page.getByRole('link', { name: 'New segment' }).first().click()
  await page.getByLabel('Name of the segment').fill('VIP shops')
  await pick(page, 'Line 1', 'Value', 'VIP')
  await page.keyboard.press('Escape')
  await page.getByText('People with the tag VIP', { exact: true }).waitFor()
  await expect.poll(() => count(page)).toMatch(/^4\s+people$/)

  await page.getByRole('button', { name: 'Add line' }).focus()
  await page.keyboard.press('Enter')
  await pick(page, 'Line 2', 'What about', 'Company')
  await pick(page, 'Line 2', 'Question', 'is filled in')
  await expect.poll(() => count(page)).toMatch(/^3\s+people$/)

  await page.getByRole('button', { name: 'Add group' }).click()
  const group = page.getByRole('group', { name: 'Group of lines' }).last()
  await group.getByRole('checkbox', { name: /Turn around/ }).press('Space')
  await pick(page, 'Line 1', 'What about', 'List')
  await page.getByRole('button', { name: 'Save segment' }).click()
  await group.getByText('Choose at least one.').waitFor()
  await pick(page, 'Line 1', 'Value', 'Complained')
  await page.keyboard.press('Escape')
  await expect.poll(() => count(page)).toMatch(/^2\s+people$/)
  const sentence = 'People with the tag VIP whose company is filled in and not (on the list Complained)'
  await page.getByText(sentence, { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Save segment' }).click()
  await page.getByRole('link', { name: 'VIP shops' }).click()
  await page.getByText('2 contacts').waitFor()
  expect(visitor.troubles()).toEqual([])
})

test('a campaign to the segment reaches exactly its people', async () => {
  const { page } = visitor
  await page.goto('/campaigns/new')
  await page.getByRole('radio', { name: 'Kabar VIP' }).click()
  await page.getByLabel('Name of the campaign').fill('Kabar untuk VIP')
  await page.getByRole('button', { name: 'On to recipients' }).click()
  await page.getByRole('radio', { name: 'Chosen people' }).click()
  await page.getByRole('combobox', { name: 'Segments' }).click()
  await page.getByRole('option', { name: 'VIP shops' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'On to the schedule' }).click()
  await page.getByRole('button', { name: 'On to the preview' }).click()
  await page.getByRole('button', { name: 'Send to 2 people now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send to 2 people now' }).click()
  await page.waitForURL(/\/campaigns\/cmp_/)

  await waitUntil(async () => (await api.call(campaignOperations.list)).data[0]?.status === 'completed', {
    timeoutMs: 30_000,
    what: 'the campaign to end',
  })
  const frames = framesOf(siar.dataDir, [senderId])
  expect([...new Set(frames.map(({ to }) => to))].sort()).toEqual(wanted)
  expect(shownTwice(frames)).toEqual([])
  expect(visitor.troubles()).toEqual([])
})
