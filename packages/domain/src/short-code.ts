/** Digits of a short code: no 0, O, I or l, which people mistake for each other. */
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const base = alphabet.length
const valueOf = new Map([...alphabet].map((digit, value) => [digit, value]))

/** Digits of the keyed check: 58^6 is 3.8 × 10^10, so a guess is right once in 2^35 tries. */
export const shortCodeCheckLength = 6

/** Longest code of numbers within bounds; those that occur have 9 to 13 digits. */
export const shortCodeLengthMax = 19

const numberMax = 2 ** 31 - 1
const checkMod = base ** shortCodeCheckLength
const topValues = 9
const targetDigitsMax = 6

/**
 * Stands in for a tracked link before there is a run: in samples and tests. As long as a real code often is, and never one:
 * no real code begins with its first digit.
 */
export const exampleShortCode = 'xContoh1234'

/** What a short code says before its check: which link, and whose. */
export interface ShortCode {
  /** Number of the link, 1 … 2^31 - 1. */
  readonly target: number
  /** The recipient's place in the run, 1 … 2^31 - 1. */
  readonly sequence: number
}

export interface ParsedShortCode extends ShortCode {
  /** To be compared with the one of the key; nothing is proved until it is equal. */
  readonly check: string
}

/**
 * Writes a code: one digit that tells how long the target is and begins the sequence, the target, the rest of the sequence,
 * the check. The same numbers always give the same code.
 *
 * @param check From `shortCodeCheck`.
 * @throws RangeError on a number out of bounds.
 */
export function formatShortCode(code: ShortCode, check: string): string {
  return bodyOf(code) + check
}

/**
 * Reads a code of any origin. @returns null for what `formatShortCode` never writes, other spellings of the same numbers
 * included.
 */
export function parseShortCode(text: string): ParsedShortCode | null {
  if (text.length > shortCodeLengthMax || text.length < shortCodeCheckLength + 2) return null
  const digits = [...text].map((digit) => valueOf.get(digit) ?? -1)
  if (digits.includes(-1)) return null
  const [lead = 0, ...rest] = digits.slice(0, -shortCodeCheckLength)
  const targetDigits = Math.floor(lead / topValues) + 1
  if (targetDigits > targetDigitsMax || rest.length < targetDigits) return null
  const target = numberOf(rest.slice(0, targetDigits))
  const sequence = numberOf([lead % topValues, ...rest.slice(targetDigits)])
  if (!isInBounds(target) || !isInBounds(sequence)) return null
  const body = text.slice(0, -shortCodeCheckLength)
  if (bodyOf({ target, sequence }) !== body) return null
  return { target, sequence, check: text.slice(-shortCodeCheckLength) }
}

/** The check of a code: the first 48 bits of a keyed hash, as digits. @param mac At least 6 bytes. */
export function shortCodeCheck(mac: Uint8Array): string {
  let value = 0
  for (let index = 0; index < 6; index += 1) value = value * 256 + (mac[index] ?? 0)
  return digitsOf(value % checkMod).padStart(shortCodeCheckLength, alphabet[0])
}

function bodyOf({ target, sequence }: ShortCode): string {
  if (!isInBounds(target) || !isInBounds(sequence))
    throw new RangeError('a number of a short code is out of bounds')
  let unit = 1
  while (Math.floor(sequence / unit) >= topValues) unit *= base
  const written = digitsOf(target)
  const lead = (written.length - 1) * topValues + Math.floor(sequence / unit)
  const rest = unit === 1 ? '' : digitsOf(unit + (sequence % unit)).slice(1)
  return (alphabet[lead] ?? '') + written + rest
}

const isInBounds = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= numberMax

function digitsOf(value: number): string {
  let text = ''
  for (let left = value; left > 0; left = Math.floor(left / base)) text = (alphabet[left % base] ?? '') + text
  return text
}

const numberOf = (digits: readonly number[]): number =>
  digits.reduce((value, digit) => value * base + digit, 0)
