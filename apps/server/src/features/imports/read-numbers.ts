import type { Phone, PhoneReason, PhoneRules } from '../addresses/index.ts'
import { readPhone } from '../addresses/index.ts'
import { splitNumbers } from './phone-cell.ts'

const numbersMax = 10

export type ReadNumbers =
  | { readonly ok: true; readonly numbers: readonly [Phone, ...Phone[]] }
  | { readonly ok: false; readonly reason: PhoneReason }

/**
 * The valid numbers of a row, each once, at most ten, in the order of its columns. Without one: what is wrong with the
 * first that stands there.
 */
export function readNumbers(
  cells: readonly string[],
  columns: readonly number[],
  rules: PhoneRules,
): ReadNumbers {
  const found = new Map<string, Phone>()
  let reason: PhoneReason | null = null
  for (const column of columns) {
    for (const number of splitNumbers(cells[column] ?? '')) {
      const phone = readPhone(rules, number)
      if (phone.ok) found.set(phone.e164, phone)
      else if (number.trim() !== '') reason ??= phone.reason
      if (found.size === numbersMax) break
    }
  }
  const [first, ...others] = found.values()
  return first ? { ok: true, numbers: [first, ...others] } : { ok: false, reason: reason ?? 'empty' }
}
