import { isId } from '@siar/domain'
import type { ContactId, RunId } from '@siar/domain'
import { hkdfSync, timingSafeEqual } from 'node:crypto'
import { quickHmac } from '../links/index.ts'

/** Whose preferences an address opens, and the run whose message held it. */
export interface PreferenceSubject {
  readonly contactId: ContactId
  readonly runId: RunId | null
}

export interface PreferenceTokens {
  /** The same person and run always give the same text: 69 small letters and digits, no `_` that WhatsApp would read as a sign. */
  readonly make: (subject: PreferenceSubject) => string
  /** Null for what this installation did not make. It never runs out: a person may leave whenever they find the message. */
  readonly read: (text: string) => PreferenceSubject | null
}

const idDigits = 32
const checkBytes = 12
const tokenBytes = idDigits + checkBytes
const radix = 36
/** Digits that `tokenBytes` bytes take in base 36. */
const tokenLength = 69
const noRun = '0'.repeat(idDigits)
const tokenPattern = new RegExp(`^[0-9a-z]{${tokenLength}}$`)

/**
 * @param secret The installation's encryption key; tokens get a key of their own from it.
 * @param oldSecrets Tokens made under these are still read.
 *
 * A guess is right once in 2^96 tries, and the ids it would have to know are random too.
 */
export function createPreferenceTokens(secret: string, oldSecrets: readonly string[] = []): PreferenceTokens {
  const [checkOf, ...oldChecks] = [secret, ...oldSecrets].map(checkUnder) as [Check, ...Check[]]
  return {
    make: ({ contactId, runId }) => {
      const ids = digitsOf(contactId) + (runId === null ? noRun : digitsOf(runId))
      return BigInt(`0x${ids}${checkOf(ids).toString('hex')}`)
        .toString(radix)
        .padStart(tokenLength, '0')
    },
    read: (text) => {
      const hex = hexOf(text)
      if (hex === null) return null
      const ids = hex.slice(0, 2 * idDigits)
      const given = Buffer.from(hex.slice(2 * idDigits), 'hex')
      if (![checkOf, ...oldChecks].some((check) => timingSafeEqual(check(ids), given))) return null
      const contactId = `con_${ids.slice(0, idDigits)}`
      const runId = `run_${ids.slice(idDigits)}`
      if (!isId('con', contactId) || !isId('run', runId)) return null
      return { contactId, runId: runId === `run_${noRun}` ? null : runId }
    },
  }
}

type Check = (ids: string) => Buffer

function checkUnder(secret: string): Check {
  const hmac = quickHmac(Buffer.from(hkdfSync('sha256', secret, '', 'siar preference pages 1', 32)))
  return (ids) => hmac(ids).subarray(0, checkBytes)
}

const digitsOf = (id: string): string => id.slice(id.indexOf('_') + 1)

/** The bytes of a token as hex; null when the text is none. */
function hexOf(text: string): string | null {
  if (!tokenPattern.test(text)) return null
  let value = 0n
  for (const digit of text) value = value * BigInt(radix) + BigInt(Number.parseInt(digit, radix))
  const hex = value.toString(16).padStart(2 * tokenBytes, '0')
  return hex.length === 2 * tokenBytes ? hex : null
}
