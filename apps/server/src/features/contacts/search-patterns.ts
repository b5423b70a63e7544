/** Patterns for what a person typed into a search box: `%like%`, or the beginning of a number (`+62812…`) without a `%`. */
export interface SearchPatterns {
  readonly words: readonly string[]
  readonly numbers: readonly string[]
}

const wordsMax = 6

/** From so many digits on a number is looked up by its beginning only. */
const prefixDigitsMin = 8

/**
 * Words are looked for in any order, each anywhere. A text of digits and the signs of phone numbers is looked for as a part of
 * a number, however it is typed: `0812 81` finds `+6281281…`, and `0830` also finds a number that ends so.
 *
 * @param callingCode Digits that a leading 0 stands for, such as `62`; null when no country is known.
 */
export function toSearchPatterns(search: string, callingCode: string | null): SearchPatterns {
  const text = search.replaceAll('\0', '').trim()
  const numbers = numberPatterns(text, callingCode)
  if (numbers.length > 0) return { words: [], numbers }
  const words = text.split(/\s+/).filter(Boolean).slice(0, wordsMax)
  return { words: words.map((word) => `%${escapeLike(word)}%`), numbers: [] }
}

function numberPatterns(text: string, callingCode: string | null): string[] {
  if (!/^[\d\s().+'-]*\d[\d\s().+'-]*$/.test(text)) return []
  const digits = text.replace(/\D/g, '')
  const start = internationalStart(text, digits, callingCode)
  if (start === null) return [`%${digits}%`]
  if (start.length >= prefixDigitsMin && start.length <= 15) return [`+${start}`]
  return [...new Set([`%+${start}%`, `%${digits}%`])]
}

/** The digits of a number typed from its beginning, with its country; null when it may be any part of one. */
function internationalStart(text: string, digits: string, callingCode: string | null): string | null {
  if (text.startsWith('+')) return digits
  if (digits.startsWith('00')) return digits.slice(2)
  if (callingCode === null) return null
  if (digits.startsWith('0')) return `${callingCode}${digits.slice(1)}`
  return digits.startsWith(callingCode) && digits.length >= prefixDigitsMin ? digits : null
}

export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
