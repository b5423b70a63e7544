import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import type { TestCore } from '../../testing/test-core.ts'
import { createLinkCodes } from './link-codes.ts'

export const phoneBrowser =
  'Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36'

/** A started campaign with tracked links; nobody sends it. `codeOf` gives the code that stands in somebody's message. */
export async function startTracked(core: TestCore, shop: ShopFixture, text: string, people = 2) {
  const contacts = await shop.addContacts(people)
  await shop.addSender()
  const { id } = await shop.draft({ trackLinks: true }, text)
  await shop.start(id)
  const targets = await shop.query<{ number: number; url: string; run_id: string }>(
    `select t.number, t.url, t.run_id from link_targets t join runs r on r.id = t.run_id
     where r.campaign_id = $1 order by t.number`,
    [id],
  )
  const codes = createLinkCodes(core.config.secrets.encryption, core.config.secrets.encryptionOld)
  const codeOf = (sequence: number, link = 0): string => {
    const target = targets[link]
    if (!target) throw new Error(`the campaign has no link ${link}`)
    return codes.make(target.run_id, { target: target.number, sequence })
  }
  return { campaignId: id, contacts, targets, runId: targets[0]?.run_id ?? '', codeOf }
}
