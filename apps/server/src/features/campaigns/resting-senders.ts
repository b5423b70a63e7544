import type { WorkspaceScope } from '@siar/database'
import { haltText } from '@siar/domain'
import type { HaltFacts } from '@siar/domain'
import type { Language } from '../../core.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import type { Notice } from './forecast-notices.ts'
import { findHaltedSenders } from './standstill.repo.ts'

/** Says which numbers of a marketing campaign the guardian lets rest: who gets it from them waits. */
export async function restingWarnings(
  scope: WorkspaceScope,
  campaign: Pick<CampaignRow, 'purpose'>,
  senderIds: readonly string[],
  language: Language,
): Promise<Notice[]> {
  if (campaign.purpose !== 'marketing') return []
  const halted = await findHaltedSenders(scope, senderIds)
  return halted.map((halt) => ({ code: 'sender_halted', message: wordsOf(halt, language) }))
}

function wordsOf(halt: HaltFacts, language: Language): string {
  const why = haltText(halt)[language]
  return language === 'id'
    ? `${why} Promosi lewat nomor ini menunggu sampai Anda mengizinkannya lagi.`
    : `${why} Marketing through this number waits until you let it go on.`
}
