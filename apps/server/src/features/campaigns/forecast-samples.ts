import type { WorkspaceScope } from '@siar/database'
import { listAudienceContacts } from './audience.repo.ts'
import type { AudienceContactRow, AudienceRules } from './audience.repo.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import type { MessageRenderer, RenderContact } from './message-renderer.ts'

const samplesCount = 3
const chunkSize = 5_000
/** Beyond so many people the missing values are counted over the first ones and scaled up. */
const renderedMax = 100_000

/** Renders people in chunks to count those who miss a value; the first texts are the samples. */
export async function renderAudience(
  scope: WorkspaceScope,
  campaign: CampaignRow,
  rules: AudienceRules,
  renderer: MessageRenderer,
  allowed: number,
): Promise<{ missing: number; samples: { contactName: string; text: string }[] }> {
  const samples: { contactName: string; text: string }[] = []
  const wanted = renderer.required.length > 0 ? renderedMax : samplesCount
  let rendered = 0
  let missing = 0
  let after = ''
  while (rendered < wanted) {
    const limit = Math.min(chunkSize, wanted - rendered)
    const rows = await listAudienceContacts(scope, campaign.audience, rules, after, limit)
    for (const row of rows) {
      const { text } = renderer.render(toContact(row), row.contact_id)
      if (text === undefined) missing += 1
      else if (samples.length < samplesCount) samples.push({ contactName: row.full_name, text })
    }
    rendered += rows.length
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
