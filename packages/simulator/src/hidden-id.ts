const digits = 15
const size = 10n ** BigInt(digits)
/** Odd and not a multiple of five, so that it has an inverse among numbers of 15 digits. */
const factor = 387_420_489_123_457n
const shift = 271_828_182_845_904n

function inverseOf(value: bigint): bigint {
  let [rest, next] = [size, value]
  let [before, now] = [0n, 1n]
  while (next !== 0n) {
    const times = rest / next
    ;[rest, next] = [next, rest - times * next]
    ;[before, now] = [now, before - times * now]
  }
  return ((before % size) + size) % size
}

const inverse = inverseOf(factor)

/**
 * The hidden id of a person (`…@lid`), under which WhatsApp may show them instead of their number. Always the same for
 * one number, and nothing has to be remembered to find the number again.
 *
 * @param phone E.164 with "+".
 */
export function hiddenIdOf(phone: string): string {
  const mixed = (BigInt(phone.slice(1)) * factor + shift) % size
  return `${String(mixed).padStart(digits, '0')}@lid`
}

/** @returns the number behind a hidden id, or null when no number has it. */
export function phoneOfHiddenId(hiddenId: string): string | null {
  const [, mixed] = /^(\d{15})@lid$/.exec(hiddenId) ?? []
  if (mixed === undefined) return null
  const number = String(((((BigInt(mixed) - shift) * inverse) % size) + size) % size)
  return /^[1-9]\d{6,14}$/.test(number) ? `+${number}` : null
}
