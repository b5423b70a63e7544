import { formatShortCode, parseShortCode, shortCodeCheck } from '@siar/domain'
import type { ParsedShortCode, ShortCode } from '@siar/domain'
import { hkdfSync, timingSafeEqual } from 'node:crypto'
import { quickHmac } from './quick-hmac.ts'

/** Makes and proves the codes of tracked links. No row is kept for a code: the key of the installation proves it. */
export interface LinkCodes {
  /** The same run, link and person always give the same code. */
  readonly make: (runId: string, code: ShortCode) => string
  /** What a visitor's text says, unproved; null when it is no code at all. */
  readonly read: (text: string) => ParsedShortCode | null
  /** Whether this installation made the code for a link of this run. */
  readonly proves: (runId: string, code: ParsedShortCode) => boolean
}

/**
 * @param secret The installation's encryption key; the codes get a key of their own from it.
 * @param oldSecrets Codes made under these are still proved; those of any other key are unknown.
 *
 * The run is part of what is proved, so that a number that is given away again after a restore opens nothing else. A guess is
 * right once in 58^6 tries (35 bits), and then only opens a page its owner sends to everybody.
 */
export function createLinkCodes(secret: string, oldSecrets: readonly string[] = []): LinkCodes {
  const [checkOf, ...oldChecks] = [secret, ...oldSecrets].map(checkUnder) as [Check, ...Check[]]
  return {
    make: (runId, code) => formatShortCode(code, checkOf(runId, code)),
    read: parseShortCode,
    proves: (runId, code) => [checkOf, ...oldChecks].some((check) => isSame(check(runId, code), code.check)),
  }
}

type Check = (runId: string, code: ShortCode) => string

function checkUnder(secret: string): Check {
  const hmac = quickHmac(Buffer.from(hkdfSync('sha256', secret, '', 'siar tracked links 1', 32)))
  return (runId, { target, sequence }) => shortCodeCheck(hmac(`${runId}/${target}/${sequence}`))
}

const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other))
