import type { Workspace } from '@siar/contract'

export type Routing = Workspace['settings']['routing']
/** The limits as typed: empty means no limit. */
export type RoutingTexts = { messages: string; usd: string }

/** Above these a limit is a slip of the finger; they also stay within what a number can hold. */
const messagesMax = 1_000_000_000
const usdMax = 10_000_000

export function toTexts({ paidMessagesMax, paidUsdMinorMax }: Routing): RoutingTexts {
  return {
    messages: paidMessagesMax === null ? '' : String(paidMessagesMax),
    usd: paidUsdMinorMax === null ? '' : String(paidUsdMinorMax / 100),
  }
}

/** Whole messages; null for no limit, undefined when it cannot be read. */
export function readMessages(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN
  return value <= messagesMax ? value : undefined
}

/** US dollars with up to two decimals, point or comma, as cents; null for no limit, undefined when it cannot be read. */
export function readUsdMinor(text: string): number | null | undefined {
  if (text.trim() === '') return null
  if (!/^\d+([.,]\d{1,2})?$/.test(text.trim())) return undefined
  const value = Number(text.trim().replace(',', '.'))
  return value <= usdMax ? Math.round(value * 100) : undefined
}
