import { campaignOperations } from '@siar/contract'
import { expect, inject, test } from 'vitest'
import { openAdminShop } from './admin-shop.ts'
import { framesOf, reached, shownTwice } from './frames.ts'
import {
  campaignWhen,
  consentedList,
  countedOnce,
  draftCampaign,
  onlineSender,
  somePeople,
  WATCHABLE_PACE,
} from './world.ts'

const PEOPLE = 60

const siar = inject('sharedSiar')
const shop = openAdminShop('Kedai Kendali')

test('pressing send twice in a row starts the campaign once, and everybody gets the message once', async () => {
  const { page } = shop.visitor
  const { campaignId, senderId } = await watchableCampaign('Dua kali klik', '101')
  await page.goto(`/campaigns/${campaignId}/edit?step=review`)
  const send = `Send to ${PEOPLE} people now`
  await page.getByRole('button', { name: send }).dblclick()
  await page.getByRole('dialog').getByRole('button', { name: send }).dblclick({ noWaitAfter: true })
  await page.getByText('Running', { exact: true }).first().waitFor()

  const { data } = await shop.api.call(campaignOperations.list, { query: { search: 'Dua kali klik' } })
  expect(data).toHaveLength(1)
  await shop.api.call(campaignOperations.start, { params: { campaignId } }).catch((refused: Error) => {
    expect(refused.message).toContain('answered 409')
  })
  expect(
    (await campaignWhen(shop.api, campaignId, 'the first messages', ({ figures }) => figures.sent > 2))
      .figures.total,
  ).toBe(PEOPLE)
  await shop.api.call(campaignOperations.cancel, { params: { campaignId } })
  expect(shownTwice(framesOf(siar.dataDir, [senderId]))).toEqual([])
})

test('a paused campaign sends nothing more until it is resumed, and then reaches everybody once', async () => {
  const { page } = shop.visitor
  const { campaignId, senderId } = await watchableCampaign('Jeda sebentar', '102')
  await shop.api.call(campaignOperations.start, { params: { campaignId } })
  await page.goto(`/campaigns/${campaignId}`)
  await campaignWhen(shop.api, campaignId, 'the first messages', ({ figures }) => figures.sent > 2)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('What was on its way was finished.').waitFor()
  const frozen = framesOf(siar.dataDir, [senderId]).length
  const paused = await campaignWhen(
    shop.api,
    campaignId,
    'what was on its way',
    ({ figures }) => figures.sent + figures.failed >= frozen,
  )
  expect(paused.figures.queued).toBeGreaterThan(0)

  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Completed', { exact: true }).first().waitFor()
  const ended = await campaignWhen(shop.api, campaignId, 'its end', ({ status }) => status === 'completed')
  expect(countedOnce(ended)).toBe(PEOPLE)
  expect(ended.figures.queued + ended.figures.unknown).toBe(0)
  const frames = framesOf(siar.dataDir, [senderId])
  expect(shownTwice(frames)).toEqual([])
  expect(reached(frames).size).toBe(ended.figures.sent)
})

test('cancelling names who will not get the message; nobody gets it afterwards and the figures add up', async () => {
  const { page } = shop.visitor
  const { campaignId, senderId } = await watchableCampaign('Batal di tengah', '103')
  await shop.api.call(campaignOperations.start, { params: { campaignId } })
  await page.goto(`/campaigns/${campaignId}`)
  await campaignWhen(shop.api, campaignId, 'the first messages', ({ figures }) => figures.sent > 2)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Cancel the campaign' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/\d+ people who wait will not get it/).waitFor()
  await dialog.getByRole('button', { name: 'Cancel the campaign' }).click()
  await page.getByText('Nobody else gets this message.').waitFor()

  const ended = await campaignWhen(
    shop.api,
    campaignId,
    'all to be settled',
    (campaign) => campaign.figures.queued === 0,
  )
  expect(ended.status).toBe('cancelled')
  expect(ended.figures.cancelled).toBeGreaterThan(0)
  expect(countedOnce(ended)).toBe(PEOPLE)
  expect(reached(framesOf(siar.dataDir, [senderId])).size).toBe(ended.figures.sent)
  expect(shop.visitor.troubles()).toEqual([])
})

/** A draft to people of its own through a number of its own, so that no cap of one journey touches another. */
async function watchableCampaign(name: string, first: string) {
  const [senderId, listId] = await Promise.all([
    onlineSender(shop.api, `Nomor ${name}`, WATCHABLE_PACE),
    consentedList(shop.api, name, somePeople(first, PEOPLE)),
  ])
  return { senderId, campaignId: await draftCampaign(shop.api, { name, listId, senderIds: [senderId] }) }
}
