import { randomUUID } from 'node:crypto'
import { campaignOperations, senderOperations, workspaceOperations } from '@siar/contract'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'
import { consentedList, draftCampaign, onlineSender, somePeople } from './world.ts'

const EMAIL = `tamu-${randomUUID().slice(0, 8)}@kopi.example`

const siar = inject('sharedSiar')
let browser: Browser
let owner: Visitor
let guest: Visitor
let workspaceId: string
let campaignId: string
let senderId: string

beforeAll(async () => {
  browser = await launchBrowser()
  owner = await openVisitor(browser, siar)
  guest = await openVisitor(browser, siar)
  await signIn(owner, siar.admin)
  workspaceId = await newWorkspace(owner, 'Kedai Tamu')
  const api = owner.api(workspaceId)
  senderId = await onlineSender(api, 'Nomor tamu')
  const listId = await consentedList(api, 'Tamu', somePeople('202', 3))
  campaignId = await draftCampaign(api, { name: 'Undangan tamu', listId, senderIds: [senderId] })
})

afterAll(() => browser?.close())

keepEvidence(() => guest)

test('a viewer joins by the link of the invitation alone', async () => {
  const { page } = owner
  await page.goto('/settings/members?invite=1')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(EMAIL)
  await dialog.getByRole('radio', { name: 'Viewer' }).click()
  await dialog.getByRole('button', { name: 'Create invitation' }).click()
  await page.getByRole('heading', { name: `Invitation for ${EMAIL} is ready` }).waitFor()
  await guest.page.goto(await page.getByLabel('Invitation link').inputValue())
  await guest.page.getByRole('heading', { name: 'Join Kedai Tamu' }).waitFor()
  await guest.page.getByLabel('Your name').fill('Tamu Lihat')
  await guest.page.getByLabel('New password', { exact: true }).fill('hanya-melihat-77')
  await guest.page.getByRole('button', { name: 'Create account and join' }).click()
  await guest.page.getByRole('heading', { name: 'Hello, Tamu' }).waitFor()
})

test('a viewer sees campaigns but finds no way to send, and the server refuses to', async () => {
  const { page } = guest
  await page.goto('/campaigns')
  await page.getByRole('button', { name: 'Undangan tamu' }).waitFor()
  expect(await page.getByRole('link', { name: 'Create campaign' }).count()).toBe(0)
  await page.goto(`/campaigns/${campaignId}`)
  await page.getByRole('heading', { name: 'Undangan tamu' }).waitFor()
  expect(await page.getByRole('link', { name: 'Continue the draft' }).count()).toBe(0)
  await page.goto(`/campaigns/${campaignId}/edit?step=review`)
  await page.getByRole('heading', { name: 'Your role does not include this page' }).waitFor()

  const api = guest.api(workspaceId)
  expect((await api.ask(campaignOperations.start, { params: { campaignId } })).status()).toBe(403)
  expect((await api.ask(senderOperations.stop, { params: { senderId } })).status()).toBe(403)
  expect((await api.call(campaignOperations.get, { params: { campaignId } })).status).toBe('draft')
})

test('whoever is removed from a workspace loses it at once', async () => {
  const api = owner.api(workspaceId)
  const { data: members } = await api.call(workspaceOperations.listMembers)
  const member = members.find(({ email }) => email === EMAIL)
  expect(member?.role).toBe('viewer')
  await api.call(workspaceOperations.removeMember, { params: { memberId: member?.id ?? '' } })
  const answer = await guest.api(workspaceId).ask(campaignOperations.get, { params: { campaignId } })
  expect([403, 404]).toContain(answer.status())
})
