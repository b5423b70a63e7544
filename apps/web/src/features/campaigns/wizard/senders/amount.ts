const decimals: Record<string, number> = { IDR: 0, USD: 2 }
export const amountMinorMax = 1_000_000_000_000

/** Digits behind the separator of a currency as Siar counts it: rupiah have none. */
export function decimalsOf(currency: string): number {
  return decimals[currency] ?? 2
}

/** An amount as its field shows it: `50.000` or `12.50`, without the sign of the currency. */
export function amountText(amountMinor: number, currency: string, locale: string): string {
  const digits = decimalsOf(currency)
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(amountMinor / 10 ** digits)
}

/**
 * Reads what somebody typed as an amount, with or without separators of the language.
 *
 * @returns Minor units, 0 … `amountMinorMax`; null when it is no such amount.
 */
export function amountOf(text: string, currency: string, locale: string): number | null {
  const separator = decimalSeparator(locale)
  const [whole = '', fraction = '', ...more] = text.trim().split(separator)
  const digits = decimalsOf(currency)
  const wholeDigits = whole.replaceAll(/[^\d-]/g, '')
  if (more.length > 0 || !/^\d+$/.test(wholeDigits) || !/^\d*$/.test(fraction)) return null
  const isTooFine = fraction.length > digits && !/^0*$/.test(fraction.slice(digits))
  const minor = Number(wholeDigits + fraction.slice(0, digits).padEnd(digits, '0'))
  return isTooFine || minor > amountMinorMax ? null : minor
}

function decimalSeparator(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5)
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.'
}
