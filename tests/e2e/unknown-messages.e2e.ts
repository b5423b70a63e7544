import { campaignOperations, senderOperations, unknownMessageOperations } from '@siar/contract'
import { waitUntil } from '@siar/test-kit'
import { expect, inject, test } from 'vitest'
import { openAdminShop } from './admin-shop.ts'
import { framesOf, reached, shownTwice } from './frames.ts'
import { campaignWhen, consentedList, draftCampaign, onlineSender, somePeople } from './world.ts'

/** Of these the simulator shows every other one; the rest stay unknown for certain. */
const PEOPLE = 8

const siar = inject('sharedSiar')
const shop = openAdminShop('Kedai Ragu')

test('a person settles uncertain messages: one arrived, two are left, one is sent again and seen once', async () => {
  const { page } = shop.visitor
  const { senderId, campaignId } = await campaignInDoubt()
  const [arrived, left, alsoLeft, again] = await neverShown(senderId)
  await page.goto('/')
  await page.getByRole('link', { name: 'Look and decide' }).click()
  await page.getByRole('heading', { name: 'Uncertain messages' }).waitFor()

  await page.getByRole('button', { name: nameOf(arrived) }).click()
  await page.getByRole('dialog').getByText('ada kabar baik').waitFor()
  await page.getByRole('button', { name: 'It arrived' }).click()
  await page.getByRole('button', { name: 'Yes, it arrived' }).click()
  await page.getByText('1 message counts as sent').waitFor()

  for (const person of [left, alsoLeft]) await page.getByRole('checkbox', { name: nameOf(person) }).click()
  await page.getByRole('button', { name: 'Leave it' }).click()
  await page.getByRole('button', { name: 'Leave 2 messages' }).click()
  await page.getByText('2 messages are left as they are').waitFor()

  await calm(senderId)
  const row = page.getByRole('row').filter({ hasText: nameOf(again) })
  await row.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Send again' }).click()
  await page.getByText('the person gets the same message twice').waitFor()
  await page.getByRole('button', { name: 'Send to 1 person again' }).click()
  await page.getByText('1 message goes out again').waitFor()

  await waitUntil(() => Promise.resolve(reached(framesOf(siar.dataDir, [senderId])).has(again.address)), {
    timeoutMs: 60_000,
    what: 'the message that was sent again',
  })
  const frames = framesOf(siar.dataDir, [senderId])
  expect(shownTwice(frames)).toEqual([])
  for (const { address } of [arrived, left, alsoLeft]) expect(reached(frames).has(address)).toBe(false)
  const { figures } = await campaignWhen(
    shop.api,
    campaignId,
    'its end',
    ({ status }) => status === 'completed',
  )
  expect(figures.sent).toBeGreaterThanOrEqual(2)
  const open = await shop.api.call(unknownMessageOperations.list, { query: { campaignId } })
  const settled = [arrived, left, alsoLeft, again].map(({ id }) => id)
  expect(open.data.filter(({ id }) => settled.includes(id))).toEqual([])
  expect(shop.visitor.troubles()).toEqual([])
})

interface Person {
  readonly id: string
  readonly contactName: string
  readonly address: string
}

const nameOf = ({ contactName }: Person): string => contactName

const UNSURE = {
  standsFor: 'linked_device' as const,
  dedupesOurId: false,
  latencyMsMin: 1,
  latencyMsMax: 2,
  timeScale: 3600,
  failures: { refused: 0, notSent: 0, unknown: 1 },
}

/** A campaign of which every call ended without an answer. */
async function campaignInDoubt() {
  const [senderId, listId] = await Promise.all([
    onlineSender(shop.api, 'Nomor ragu', { simulator: UNSURE }),
    consentedList(shop.api, 'Ragu', somePeople('404', PEOPLE)),
  ])
  const campaignId = await draftCampaign(shop.api, { name: 'Kabar yang ragu', listId, senderIds: [senderId] })
  await shop.api.call(campaignOperations.start, { params: { campaignId } })
  await campaignWhen(shop.api, campaignId, 'its end', ({ status }) => status === 'completed')
  return { senderId, campaignId }
}

/** Four people of whom no late receipt can come, since nothing was shown to them. */
async function neverShown(senderId: string): Promise<[Person, Person, Person, Person]> {
  const { data } = await shop.api.call(unknownMessageOperations.list)
  const shown = reached(framesOf(siar.dataDir, [senderId]))
  const [one, two, three, four] = data.filter(({ address }) => !shown.has(address))
  if (!one || !two || !three || !four) throw new Error('Fewer than four messages stayed unknown')
  return [one, two, three, four]
}

/** From here on the line holds. */
async function calm(senderId: string): Promise<void> {
  const { settings } = await shop.api.call(senderOperations.get, { params: { senderId } })
  const failures = { refused: 0, notSent: 0, unknown: 0 }
  await shop.api.call(senderOperations.update, {
    params: { senderId },
    body: { settings: { ...settings, simulator: { ...UNSURE, failures } } },
  })
}
