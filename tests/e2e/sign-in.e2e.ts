import { randomUUID } from 'node:crypto'
import { identityOperations, workspaceOperations } from '@siar/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { totpAt } from './totp.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'

const EMAIL = `budi-${randomUUID().slice(0, 8)}@kopi.example`
const FIRST_PASSWORD = 'gayo-wine-2026-a'
const NEW_PASSWORD = 'toraja-sapan-2026-b'

const siar = inject('sharedSiar')
let browser: Browser
let admin: Visitor
let person: Visitor

beforeAll(async () => {
  browser = await launchBrowser()
  admin = await openVisitor(browser, siar)
  person = await openVisitor(browser, siar)
  await signIn(admin, siar.admin)
  const api = admin.api(await newWorkspace(admin, 'Kedai Pintu'))
  const invitation = await api.call(workspaceOperations.invite, { body: { email: EMAIL, role: 'operator' } })
  await api.call(workspaceOperations.acceptInvitation, {
    params: { invitationId: invitation.id },
    body: { name: 'Budi Santoso', password: FIRST_PASSWORD },
  })
})

afterAll(() => browser?.close())

keepEvidence(() => person)

test('a wrong password is said in words and leaves nobody signed in', async () => {
  const { page } = person
  await page.goto('/')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await fillSignIn(page, 'salah-sekali-123')
  await page.getByText('The e-mail or the password is not right.').waitFor()
  expect((await person.api().ask(identityOperations.getMe)).status()).toBe(401)
})

test('signing in opens the dashboard, and signing out ends the session on the server too', async () => {
  const { page } = person
  await fillSignIn(page, FIRST_PASSWORD)
  await page.getByRole('heading', { name: 'Hello, Budi' }).waitFor()
  await page.getByRole('button', { name: 'Your account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect((await person.api().ask(identityOperations.getMe)).status()).toBe(401)
})

test('without a mail server a forgotten password is reset by the link in the outbox of the admin', async () => {
  const { page } = person
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Check your e-mail' }).waitFor()

  await admin.page.goto('/admin/outbox')
  const mail = admin.page
    .getByRole('row')
    .filter({ hasText: EMAIL })
    .filter({ hasText: /password/i })
  await mail.first().getByRole('button').first().click()
  await page.goto(await admin.page.getByRole('textbox', { name: 'Link' }).first().inputValue())
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Save the new password' }).click()
  await page.getByText('Your password has been changed.').waitFor()
  await fillSignIn(page, FIRST_PASSWORD)
  await page.getByText('The e-mail or the password is not right.').waitFor()
  await fillSignIn(page, NEW_PASSWORD)
  await page.getByRole('heading', { name: 'Hello, Budi' }).waitFor()
})

test('with two-factor on, the password alone is not enough and the code of the app lets in', async () => {
  const { page } = person
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Switch on' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Current password').fill(NEW_PASSWORD)
  await dialog.getByRole('button', { name: 'Next' }).click()
  const secret = await dialog.getByRole('textbox', { name: 'Cannot scan?' }).inputValue()
  await dialog.getByLabel('6-digit code').fill(totpAt(secret, Date.now()))
  await dialog.getByRole('button', { name: 'Switch on' }).click()
  await dialog.getByRole('button', { name: 'I have kept them' }).click()

  const elsewhere = await openVisitor(browser, siar)
  await elsewhere.page.goto('/sign-in')
  await fillSignIn(elsewhere.page, NEW_PASSWORD)
  await elsewhere.page.getByRole('heading', { name: 'Confirm it is you' }).waitFor()
  expect((await elsewhere.api().ask(identityOperations.getMe)).status()).toBe(401)
  await elsewhere.page.getByLabel('6-digit code').fill(totpAt(secret, Date.now() - 600_000))
  await elsewhere.page.getByText('This code is not right.').waitFor()
  await elsewhere.page.getByLabel('6-digit code').fill(totpAt(secret, Date.now()))
  await elsewhere.page.getByRole('heading', { name: 'Hello, Budi' }).waitFor()
  await elsewhere.close()
})

test('a session ended from the list of devices is signed out at once', async () => {
  const { page } = person
  await page.goto('/settings/security')
  const devices = page.getByRole('listitem').filter({ hasText: 'Signed in' })
  await expect.poll(() => devices.count()).toBe(2)
  const api = person.api()
  const { data } = await api.call(identityOperations.listLoginSessions)
  await devices.filter({ hasNotText: 'This device' }).getByRole('button', { name: 'Sign out' }).click()
  await expect.poll(() => devices.count()).toBe(1)
  const { data: left } = await api.call(identityOperations.listLoginSessions)
  expect(left).toEqual(data.filter(({ current }) => current))
  expect(person.troubles()).toEqual([])
})

async function fillSignIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
