import type { BilingualText } from '@siar/domain'
import type { SuppressionReason } from './suppressions.repo.ts'

/** Why an address must not be messaged, for files. */
export const suppressionReasonTexts = {
  unsubscribed: { id: 'Minta berhenti', en: 'Opted out' },
  spam_report: { id: 'Melaporkan spam', en: 'Reported as spam' },
  invalid: { id: 'Bukan WhatsApp', en: 'Not on WhatsApp' },
  manual: { id: 'Anda blokir', en: 'Blocked by you' },
} as const satisfies Record<SuppressionReason, BilingualText>

const byText = new Map(
  Object.entries(suppressionReasonTexts).flatMap(([reason, { id, en }]) =>
    [reason, id, en].map((text) => [text.toLowerCase(), reason as SuppressionReason] as const),
  ),
)

/** The reason a cell names, by its code or its text in either language; null for other words. */
export function suppressionReasonOf(cell: string): SuppressionReason | null {
  return byText.get(cell.trim().toLowerCase()) ?? null
}
