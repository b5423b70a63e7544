import { optOutKeywords } from '@siar/domain'
import type { Purpose } from '@siar/domain'
import { usesOptOutLink, withoutOptOutLink } from '../consent/index.ts'
import type { RunContent } from './run-content.ts'

export interface Advice {
  readonly code: string
  readonly message: { readonly id: string; readonly en: string }
}

const longTextLength = 1_000
const linksMany = 2
const peopleMany = 50
const shortLink = /\b(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|s\.id|cutt\.ly|is\.gd|ow\.ly)\//i
const optOutWords = new RegExp(
  `\\b(?:${optOutKeywords.filter((word) => !word.includes(' ')).join('|')})\\b`,
  'i',
)

const texts = {
  no_opt_out: {
    id: 'Tulis cara berhenti, misalnya “Balas STOP untuk berhenti”, agar orang tidak melaporkan Anda.',
    en: 'Say how to stop, such as “Reply STOP to opt out”, so that people do not report you.',
  },
  many_links: {
    id: 'Pesan ini berisi banyak tautan; satu tautan lebih dipercaya.',
    en: 'This message has many links; people trust one.',
  },
  short_link: {
    id: 'Tautan pendek dari layanan lain sering dianggap penipuan. Pakai alamat Anda sendiri.',
    en: 'Short links of other services often look like fraud. Use your own address.',
  },
  shouting: {
    id: 'Terlalu banyak huruf besar atau tanda seru.',
    en: 'Too many capital letters or exclamation marks.',
  },
  identical: {
    id: 'Semua orang menerima teks yang sama. Sapa dengan nama, atau buat beberapa variasi.',
    en: 'Everybody gets the same text. Greet people by name, or write some variations.',
  },
  long_text: {
    id: 'Teksnya panjang; pesan pendek lebih banyak dibaca.',
    en: 'The text is long; short messages are read more.',
  },
} as const

type AdviceCode = keyof typeof texts

/** Advice on the content of a message, with its reason; never a way around a filter. Source: product.md T8. */
export function checkContent(
  content: RunContent,
  purpose: Purpose,
  facts: { readonly recipients: number; readonly variantsCount: number },
): Advice[] {
  const found = new Set<AdviceCode>()
  for (const body of [content.texts.id, content.texts.en]) {
    if (!body?.trim()) continue
    const text = `${body}\n${content.footer}`
    if (purpose === 'marketing' && !optOutWords.test(text) && !usesOptOutLink({ texts: { id: body } }))
      found.add('no_opt_out')
    if ((text.match(/https?:\/\//gi) ?? []).length > linksMany) found.add('many_links')
    if (shortLink.test(text)) found.add('short_link')
    if (isShouting(text)) found.add('shouting')
    if (text.length > longTextLength) found.add('long_text')
    const isSame = facts.variantsCount <= 1 && !/[{[]/.test(withoutOptOutLink(body))
    if (isSame && facts.recipients >= peopleMany) found.add('identical')
  }
  return [...found].map((code) => ({ code, message: texts[code] }))
}

function isShouting(text: string): boolean {
  const letters = text.replace(/\{[^{}]*\}/g, '').match(/\p{L}/gu) ?? []
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase()).length
  return (letters.length >= 20 && capitals / letters.length > 0.6) || /!{3,}/.test(text)
}
