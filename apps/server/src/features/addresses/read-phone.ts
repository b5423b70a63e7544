import { AppError } from '@siar/domain'
import { parsePhone } from '@siar/domain/phone'
import type { PhoneKind, PhoneProblem } from '@siar/domain/phone'

/** How a workspace reads phone numbers. */
export interface PhoneRules {
  /** ISO 3166 code for numbers without a country code. */
  readonly country: string
  /** Countries that are allowed; empty allows all. */
  readonly countries: ReadonlySet<string>
}

export type PhoneReason = PhoneProblem | 'country_not_allowed'

export interface Phone {
  readonly e164: string
  readonly country: string | null
  readonly kind: PhoneKind
}

export type ReadPhone = ({ readonly ok: true } & Phone) | { readonly ok: false; readonly reason: PhoneReason }

/** Reads a number as a person typed it, under the rules of the workspace. Never throws. */
export function readPhone(rules: PhoneRules, raw: string): ReadPhone {
  const parsed = parsePhone(raw, rules.country)
  if (!parsed.ok || rules.countries.size === 0) return parsed
  if (parsed.country !== null && rules.countries.has(parsed.country)) return parsed
  return { ok: false, reason: 'country_not_allowed' }
}

/** @throws AppError `invalid_phone` with the reason. */
export function requirePhone(rules: PhoneRules, raw: string): Phone {
  const phone = readPhone(rules, raw)
  if (!phone.ok) throw new AppError('invalid_phone', { reason: phone.reason })
  return phone
}
