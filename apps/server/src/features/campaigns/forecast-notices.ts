import { errorTable } from '@siar/domain'
import type { Core, Language } from '../../core.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import { checkContent } from './content-check.ts'
import type { AudienceRenderer } from './experiment-renderer.ts'
import { linkAdvice } from './link-advice.ts'
import type { QuotaUse } from './quota.repo.ts'
import type { RunContent } from './run-content.ts'
import type { SenderFacts } from './start-facts.repo.ts'

/** Something to say before a start: a code, and a text in the language of the reader. */
export interface Notice {
  readonly code: string
  readonly message: string
}

const blockerTexts = {
  campaign_no_message: { id: 'Belum ada templat pesan.', en: 'No message template yet.' },
  template_invalid: { id: 'Teks templat belum benar.', en: 'The template text is not right yet.' },
  unknown_variable: { id: 'Variabel tidak dikenal: ', en: 'Unknown variables: ' },
  campaign_no_recipients: {
    id: 'Tidak ada orang yang dapat dikirimi.',
    en: 'There is nobody this can be sent to.',
  },
  campaign_segment_unusable: errorTable.campaign_segment_unusable,
  campaign_no_sender: { id: 'Belum ada nomor pengirim.', en: 'There is no sending number yet.' },
  sender_not_online: {
    id: 'Tidak ada nomor pengirim yang tersambung.',
    en: 'No sending number is connected.',
  },
  campaign_weights_zero: errorTable.campaign_weights_zero,
  sender_caps_zero: errorTable.sender_caps_zero,
  quota_used_up: errorTable.quota_used_up,
  campaign_budget_spent: errorTable.campaign_budget_spent,
  experiment_too_small: errorTable.experiment_too_small,
} as const

export const blocker = (code: keyof typeof blockerTexts, language: Language, tail = ''): Notice => ({
  code,
  message: blockerTexts[code][language] + tail,
})

/** What a forecast found, as far as something may stand in the way. */
export interface ForecastFindings {
  readonly senders: readonly SenderFacts[]
  readonly recipients: number
  /** A segment that is gone or names something that is: who is meant cannot be told. */
  readonly isSegmentUnusable: boolean
  /** People left out because paid messages have a limit. */
  readonly overBudget: number
  /** People there are, and nobody of them takes part in the test. */
  readonly isTestTooSmall: boolean
  readonly roadBlock: 'campaign_weights_zero' | 'sender_caps_zero' | null
  readonly quota: QuotaUse | null
  /** Messages that are charged at a price nobody knows. */
  readonly unpriced: number
}

/** What makes the start fail, or nothing go out; the codes are those the start answers with. */
export function blockersOf(found: ForecastFindings, language: Language): Notice[] {
  const { senders, recipients, overBudget, roadBlock, quota } = found
  const blockers: Notice[] = []
  if (senders.length === 0) blockers.push(blocker('campaign_no_sender', language))
  else if (!senders.some(({ status }) => status === 'online'))
    blockers.push(blocker('sender_not_online', language))
  if (roadBlock !== null) blockers.push(blocker(roadBlock, language))
  if (quota?.left === 0) blockers.push(blocker('quota_used_up', language))
  if (found.isSegmentUnusable) blockers.push(blocker('campaign_segment_unusable', language))
  else if (recipients === 0 && overBudget > 0) blockers.push(blocker('campaign_budget_spent', language))
  else if (found.isTestTooSmall) blockers.push(blocker('experiment_too_small', language))
  else if (recipients === 0) blockers.push(blocker('campaign_no_recipients', language))
  return blockers
}

/** What a person should know and may still start with. */
export function moneyWarnings(found: ForecastFindings, language: Language): Notice[] {
  const { recipients, overBudget, quota, unpriced } = found
  const warnings: Notice[] = []
  if (unpriced > 0) {
    const texts = {
      id: `Harga ${unpriced} pesan berbayar belum diketahui; biaya sebenarnya bisa lebih tinggi.`,
      en: `The price of ${unpriced} paid messages is not known; the real cost may be higher.`,
    }
    warnings.push({ code: 'price_unknown', message: texts[language] })
  }
  if (overBudget > 0 && recipients > 0) {
    const texts = {
      id: `${overBudget} orang tidak dikirimi karena batas pesan berbayar tercapai.`,
      en: `${overBudget} people are left out because the limit of paid messages is reached.`,
    }
    warnings.push({ code: 'budget_short', message: texts[language] })
  }
  if (quota && quota.left > 0 && quota.left < recipients) {
    const texts = {
      id: `Jatah bulan ini tinggal ${quota.left} pesan; sisanya menunggu bulan depan.`,
      en: `Only ${quota.left} messages are left this month; the others wait for the next month.`,
    }
    warnings.push({ code: 'quota_short', message: texts[language] })
  }
  return warnings
}

/** Advice about the text. */
export function contentWarnings(
  core: Core,
  content: RunContent,
  campaign: CampaignRow,
  senders: readonly SenderFacts[],
  renderer: AudienceRenderer | null,
  recipients: number,
  language: Language,
): Notice[] {
  const facts = { recipients, variantsCount: renderer?.variantsCount ?? 1 }
  const advice = [
    ...checkContent(content, campaign.purpose, facts),
    ...linkAdvice(core, campaign, content, senders),
  ]
  return advice.map(({ code, message }) => ({ code, message: message[language] }))
}
