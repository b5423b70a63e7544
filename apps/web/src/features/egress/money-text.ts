/** An amount in minor units; rupiah have no smaller unit. */
export type Money = { amountMinor: number; currency: 'IDR' | 'USD' }

export const currencies = ['USD', 'IDR'] as const

const majorMax = { USD: 10_000_000, IDR: 1_000_000_000 } as const

/**
 * Reads what somebody typed: `2.50` or `2,50` dollars, `40000` or `40.000` rupiah.
 *
 * @returns null for nothing at all, undefined for what cannot be read.
 */
export function readMoney(text: string, currency: Money['currency']): Money | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const isUsd = currency === 'USD'
  const pattern = isUsd ? /^\d+([.,]\d{1,2})?$/ : /^(\d+|\d{1,3}([.,]\d{3})+)$/
  if (!pattern.test(trimmed)) return undefined
  const major = Number(isUsd ? trimmed.replace(',', '.') : trimmed.replace(/[.,]/g, ''))
  if (major > majorMax[currency]) return undefined
  return { amountMinor: Math.round(major * (isUsd ? 100 : 1)), currency }
}

/** The plain number a form shows. */
export function moneyText(money: Money | null): string {
  if (money === null) return ''
  return money.currency === 'USD' ? (money.amountMinor / 100).toFixed(2) : String(money.amountMinor)
}
