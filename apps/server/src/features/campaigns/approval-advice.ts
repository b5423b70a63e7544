import type { WorkspaceScope } from '@siar/database'
import { limitsFreeText } from '@siar/domain'
import type { ChannelKind } from '@siar/domain'
import type { Language } from '../../core.ts'
import { findApprovedTexts } from './approved-texts.ts'
import type { Notice } from './forecast-notices.ts'
import type { RunContent } from './run-content.ts'
import type { SenderFacts } from './start-facts.repo.ts'

type Named = Pick<SenderFacts, 'id' | 'name' | 'channel'>

const texts = {
  template_not_approved: {
    id: (names: string) =>
      `Meta belum menyetujui template ini untuk ${names}. Lewat nomor itu pesan hanya sampai ke orang yang menulis dalam 24 jam terakhir. Ajukan di halaman template.`,
    en: (names: string) =>
      `Meta has not approved this template for ${names}. Through that number it only reaches people who wrote within 24 hours. Submit it on the page of the template.`,
  },
  template_paused: {
    id: (names: string) =>
      `Meta sedang menjeda template ini untuk ${names}. Kampanye akan berhenti pada pesan pertama; tunggu sampai Meta membukanya lagi.`,
    en: (names: string) =>
      `Meta is pausing this template for ${names}. The campaign will halt at its first message; wait until Meta lets it go on.`,
  },
} as const

/** What a person should know of approvals before a campaign goes through official numbers. */
export async function approvalAdvice(
  scope: WorkspaceScope,
  senders: readonly Named[],
  contents: readonly RunContent[],
  language: Language,
): Promise<Notice[]> {
  const limited = senders.filter(({ channel }) => limitsFreeText(channel as ChannelKind))
  if (limited.length === 0 || contents.length === 0) return []
  const approved = await findApprovedTexts(
    scope,
    limited.map(({ id }) => id),
    contents,
  )
  const missing = limited.filter(({ id }) => !contents.every((content) => approved.has(id, content)))
  const paused = limited.filter(({ id }) => contents.some((content) => approved.isPaused(id, content)))
  return [
    ...noticeOf('template_not_approved', missing, language),
    ...noticeOf('template_paused', paused, language),
  ]
}

function noticeOf(code: keyof typeof texts, senders: readonly Named[], language: Language): Notice[] {
  const names = senders.map(({ name }) => name).join(', ')
  return senders.length === 0 ? [] : [{ code, message: texts[code][language](names) }]
}
