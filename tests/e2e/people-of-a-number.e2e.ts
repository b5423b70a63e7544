import { contactOperations } from '@siar/contract'
import { acquaintancesOf } from '@siar/simulator'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Api } from './api.ts'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'
import { onlineSender } from './world.ts'

const siar = inject('sharedSiar')
let browser: Browser
let visitor: Visitor
let api: Api
let senderId: string

beforeAll(async () => {
  browser = await launchBrowser()
  visitor = await openVisitor(browser, siar)
  await signIn(visitor, siar.admin)
  api = visitor.api(await newWorkspace(visitor, 'Kedai Grup'))
  senderId = await onlineSender(api, 'Nomor toko')
})

afterAll(() => browser?.close())

keepEvidence(() => visitor)

test('members of a group become contacts, those with a hidden number too, and none of them with consent', async () => {
  const { page } = visitor
  const [group] = acquaintancesOf(senderId).groups
  if (!group) throw new Error('the number is in no group')
  await page.goto('/contacts/imports/new')
  await page.getByRole('combobox', { name: 'Number' }).click()
  await page.getByRole('option', { name: /Nomor toko/ }).click()
  await page.getByRole('radio', { name: 'Members of a group' }).click()
  await page.getByRole('combobox', { name: 'Group' }).click()
  await page.getByRole('option', { name: new RegExp(group.name) }).click()
  await page.getByRole('button', { name: 'Continue with these people' }).click()
  await page.getByText('Members of a WhatsApp group', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await page.getByText('@lid').first().waitFor()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.getByText('These people come without consent to promotions').waitFor()
  expect(await page.getByText('They agreed, and I can say how').count()).toBe(0)
  await page.getByRole('button', { name: /^Import about/ }).click()
  await page.getByText(`${group.members.length} rows were handled`).waitFor()
  const { data } = await api.call(contactOperations.list, { query: { limit: 50 } })
  expect(data).toHaveLength(group.members.length)
  expect(new Set(data.map(({ marketingConsent }) => marketingConsent))).toEqual(new Set(['unknown']))
})
