import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max'
import type { CountryCode, NumberType } from 'libphonenumber-js/max'
import { phoneProblems } from './phone-problem.ts'
import type { PhoneProblem } from './phone-problem.ts'

export { maskPhone } from './phone-mask.ts'
export { phoneProblems }
export type { PhoneProblem }

export type PhoneKind = 'mobile' | 'landline' | 'unknown'

export type ParsedPhone =
  | {
      readonly ok: true
      /** `+` and 7-15 digits. */
      readonly e164: string
      /** ISO 3166 code; null for numbers that belong to no country (+800, +881). */
      readonly country: string | null
      /** `unknown` where a country's plan does not tell mobile from landline (United States), and for service numbers. */
      readonly kind: PhoneKind
    }
  | { readonly ok: false; readonly reason: PhoneProblem }

/** Longest text worth looking at; longer ones are refused unread. */
const rawMaxLength = 100

/** `+` and 15 digits. */
const e164MaxLength = 16

const indonesianMobile = /^(?:\+?62)?0?(8[1-35-9]\d{7,10})$/
const plainAscii = /^[ -~]*$/
const scientific = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i
const letter = /\p{L}/u
const invisible = /[\p{Cf}\p{Cc}]/gu
const excelWrapping = /^\s*(?:="?|['`’‘"]+)\s*|["'`’‘\s]+$/g
const floatTail = /^(\+?\d{7,})\.0+$/
const separators = /[\s().\-‐‑‒–—―−/·]/g
const digitsOnly = /^\+?\d+$/

/**
 * Reads a phone number as people and spreadsheets write it, and gives it in E.164.
 *
 * Takes `0812…`, `62812…`, `+62 812-…`, `8 12…`, `'62812…`, `0062…`, brackets, dots, dashes, any kind of space, invisible
 * marks and digits of other scripts. A number without `+` belongs to `defaultCountry`; a foreign one needs its `+` or `00`,
 * because guessing would reach a stranger.
 *
 * @param defaultCountry ISO 3166 code; an unknown one means that every number needs its country code.
 * @returns The number with its country and kind, or the reason why it is none. Never throws.
 * Source: product.md C2; numbering plans from libphonenumber. `62` followed by a mobile number is always that mobile,
 * although area code 628 exists: nobody writes a landline without its 0.
 */
export function parsePhone(raw: string, defaultCountry = 'ID'): ParsedPhone {
  const compact = compactPhone(raw)
  if (typeof compact !== 'string') return compact
  if (defaultCountry === 'ID' || compact.startsWith('+62')) {
    const mobile = indonesianMobile.exec(compact)?.[1]
    if (mobile !== undefined) return { ok: true, e164: `+62${mobile}`, country: 'ID', kind: 'mobile' }
  }
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : undefined
  const parsed = lookUp(compact, country)
  if (parsed.ok || !compact.startsWith('00')) return withSeveral(parsed, raw)
  const international = lookUp(`+${compact.slice(2)}`, country)
  return withSeveral(international.ok ? international : parsed, raw)
}

const problem = (reason: PhoneProblem): { readonly ok: false; readonly reason: PhoneProblem } => ({
  ok: false,
  reason,
})

/** Strips everything but a leading `+` and ASCII digits, or says why that cannot be done. */
function compactPhone(raw: string): string | { readonly ok: false; readonly reason: PhoneProblem } {
  if (raw.length > rawMaxLength) return problem('too_long')
  if (digitsOnly.test(raw)) return raw
  const ascii = plainAscii.test(raw) ? raw : raw.replace(invisible, '').normalize('NFKC')
  const text = ascii.replace(excelWrapping, '').replace(floatTail, '$1')
  if (text === '') return problem('empty')
  if (scientific.test(text)) return problem('scientific')
  if (letter.test(text)) return problem('letters')
  if (/[,;&\n]/.test(text)) return problem('several_numbers')
  const compact = toAsciiDigits(text.replace(separators, ''))
  if (compact === '' || compact === '+') return problem('too_short')
  return digitsOnly.test(compact) ? compact : problem('bad_sign')
}

/** Turns decimal digits of other scripts (Arabic, Devanagari …) into ASCII ones. */
function toAsciiDigits(text: string): string {
  if (plainAscii.test(text)) return text
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit.codePointAt(0) ?? 0)))
}

/** Unicode keeps the ten digits of a script together, the zero first. */
function digitValue(codePoint: number): number {
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value += 1
  return value
}

function lookUp(compact: string, country: CountryCode | undefined): ParsedPhone {
  const options = country ? { defaultCountry: country, extract: false } : { extract: false }
  const number = parsePhoneNumberFromString(compact, options)
  if (number && number.number.length > e164MaxLength) return problem('too_long')
  if (number?.isValid()) {
    return { ok: true, e164: number.number, country: number.country ?? null, kind: kindOf(number.getType()) }
  }
  switch (validatePhoneNumberLength(compact, options)) {
    case 'TOO_SHORT':
      return problem('too_short')
    case 'TOO_LONG':
      return problem('too_long')
    case 'INVALID_COUNTRY':
      return problem('unknown_country')
    case 'NOT_A_NUMBER':
    case 'INVALID_LENGTH':
    case undefined:
    default:
      return problem('not_in_use')
  }
}

function kindOf(type: NumberType): PhoneKind {
  if (type === 'MOBILE') return 'mobile'
  return type === 'FIXED_LINE' ? 'landline' : 'unknown'
}

/** `0812…/0813…` reads as one number that is too long; the slash tells what happened. */
function withSeveral(parsed: ParsedPhone, raw: string): ParsedPhone {
  if (parsed.ok || parsed.reason !== 'too_long' || !raw.includes('/')) return parsed
  return problem('several_numbers')
}

/**
 * Writes an E.164 number as its country does, with its country code: `+62 812-8159-0830`. Gives back what it cannot read.
 */
export function formatPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}

/** Digits in front of a country's numbers, `62` for `ID`; null for an unknown country. */
export function callingCodeOf(country: string): string | null {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : null
}
