import type { WorkspaceScope } from '@siar/database'
import { listAudienceContacts } from './audience.repo.ts'
import type { AudienceContactRow, AudienceRules } from './audience.repo.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import type { AudienceRenderer } from './experiment-renderer.ts'
import type { RenderContact } from './message-renderer.ts'

const samplesCount = 3
const chunkSize = 5_000
/** Beyond so many people the missing values are counted over the first ones and scaled up. */
const renderedMax = 100_000

/** Renders people in chunks to count those who miss a value; the first texts are the samples. Nobody held out is rendered. */
export async function renderAudience(
  scope: WorkspaceScope,
  campaign: CampaignRow,
  rules: AudienceRules,
  renderer: AudienceRenderer,
  allowed: number,
): Promise<{ missing: number; samples: { contactName: string; text: string }[] }> {
  const samples: { contactName: string; text: string }[] = []
  const wanted = renderer.required.length > 0 ? renderedMax : samplesCount
  let looked = 0
  let rendered = 0
  let missing = 0
  let after = ''
  while (looked < renderedMax && rendered < wanted) {
    const limit = Math.min(chunkSize, 10 * (wanted - rendered), renderedMax - looked)
    const rows = await listAudienceContacts(scope, campaign.audience, rules, after, limit)
    for (const row of rows) {
      const one = renderer.rendererOf(row.contact_id)
      if (!one) continue
      rendered += 1
      const { text } = one.render(toContact(row), row.contact_id)
      if (text === undefined) missing += 1
      else if (samples.length < samplesCount) samples.push({ contactName: row.full_name, text })
    }
    looked += rows.length
    after = rows.at(-1)?.contact_id ?? ''
    if (rows.length < limit) break
  }
  const scale = rendered > 0 && rendered < allowed ? allowed / rendered : 1
  return { missing: Math.round(missing * scale), samples }
}

function toContact(row: AudienceContactRow): RenderContact {
  const { address, email, company, language, custom } = row
  return {
    fullName: row.full_name,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: address.startsWith('+') ? address : null,
    email,
    company,
    language,
    custom,
  }
}
