/** Whole messages by which people stop or start marketing. Small letters, single spaces, no signs. Source: product.md C5. */
export const optOutKeywords = [
  'stop',
  'stopall',
  'stop all',
  'stop promo',
  'stop promosi',
  'stop iklan',
  'stop kirim',
  'stop kirim pesan',
  'stop wa',
  'berhenti',
  'berhenti berlangganan',
  'berhenti langganan',
  'berhenti promo',
  'berhenti kirim',
  'berhenti kirim pesan',
  'stop langganan',
  'stop berlangganan',
  'batal berlangganan',
  'batal langganan',
  'unsubscribe',
  'unsubscribe me',
  'unsub',
  'unreg',
  'opt out',
  'optout',
  'remove me',
  'hapus saya',
  'hapus nomor saya',
  'jangan kirim lagi',
  'jangan kirim pesan lagi',
  'jangan kirim promo lagi',
  'tidak mau promo',
  'no more messages',
  'stop messages',
  'stop messaging me',
] as const

export const optInKeywords = [
  'start',
  'unstop',
  'mulai',
  'daftar',
  'daftar promo',
  'subscribe',
  'berlangganan',
  'langganan',
  'gabung',
  'join',
  'mau promo',
  'ikut promo',
  'opt in',
  'optin',
] as const

export type ConsentKeyword = 'opt_out' | 'opt_in'

/** Words that only make a keyword polite: `tolong stop ya kak`, `please stop`. */
const politeWords = new Set(
  'tolong mohon silakan please pls plz ya yaa yah dong deh kak kakak min admin gan sis bang pak bu mas mbak thanks makasih'.split(
    ' ',
  ),
)

const messageMaxLength = 80

/**
 * Recognises a message that is nothing but an opt-out or opt-in keyword. Case, punctuation, emoji, invisible marks and polite
 * words or the same word twice do not matter; a keyword inside a longer sentence never counts (`bus stop`, `jangan stop`).
 *
 * @param extra The workspace's own keywords. An opt-out wins where both lists hold a word.
 */
export function classifyKeyword(
  message: string,
  extra: { readonly optOut?: readonly string[]; readonly optIn?: readonly string[] } = {},
): ConsentKeyword | null {
  if (message.length > messageMaxLength) return null
  const words = normaliseKeyword(message)
  if (words === '') return null
  const plain = withoutPoliteness(words)
  const isOneOf = (keywords: readonly string[]): boolean =>
    keywords.includes(words) || keywords.includes(plain)
  if (isOneOf(optOutKeywords) || isOneOf((extra.optOut ?? []).map(normaliseKeyword))) return 'opt_out'
  if (isOneOf(optInKeywords) || isOneOf((extra.optIn ?? []).map(normaliseKeyword))) return 'opt_in'
  return null
}

/** Small letters, digits and single spaces; everything else is gone. `*STOP*!! 🙏` → `stop`. */
export function normaliseKeyword(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function withoutPoliteness(words: string): string {
  return words
    .split(' ')
    .filter((word, index, all) => !politeWords.has(word) && word !== all[index - 1])
    .join(' ')
}
