import type { TemplateCategory } from './campaign.ts'
import { templateCategoryPurposes } from './campaign.ts'

/** What the official channel prices apart. */
export const priceCategories = ['marketing', 'utility', 'authentication'] as const

export type PriceCategory = (typeof priceCategories)[number]

/** The line that stands for every country without one of its own. */
export const anyCountry = '*'

export type PriceLine = {
  /** ISO 3166-1 alpha-2, or `anyCountry`. */
  readonly country: string
  readonly category: PriceCategory
  /** A day of the calendar, `2026-07-01`. */
  readonly effectiveFrom: string
  /** Millionths of a US dollar for one delivered message. */
  readonly usdMicros: number
}

export type PriceTable = {
  /**
   * The price on a day: the newest line of the country that is in force, else the newest of `anyCountry`; null when there
   * is neither.
   *
   * @param country Null where the country is not known: only `anyCountry` can say.
   */
  readonly find: (country: string | null, category: PriceCategory, day: string) => number | null
}

/** Puts price lines in order for looking up; lines may come in any order. */
export function createPriceTable(lines: readonly PriceLine[]): PriceTable {
  const byKey = Map.groupBy(lines, ({ country, category }) => `${country}/${category}`)
  for (const dated of byKey.values()) dated.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))
  const newest = (country: string, category: PriceCategory, day: string): number | null =>
    byKey.get(`${country}/${category}`)?.find(({ effectiveFrom }) => effectiveFrom <= day)?.usdMicros ?? null
  return {
    find: (country, category, day) =>
      (country === null ? null : newest(country, category, day)) ?? newest(anyCountry, category, day),
  }
}

/** What the official channel calls a template of ours. */
export function priceCategoryOf(category: TemplateCategory): PriceCategory {
  return templateCategoryPurposes[category] === 'marketing' ? 'marketing' : 'utility'
}

/** `free_form`: plain text, allowed only in an open window. `template`: approved beforehand, allowed always. */
export type MessageForm = 'free_form' | 'template'

/** What a person has opened by writing, on one sender. Instants in milliseconds since 1970; null when never. */
export type OpenWindows = {
  /** 24 h after any message of theirs. */
  readonly serviceUntilMs: number | null
  /** 72 h after a click-to-WhatsApp ad that was answered. */
  readonly freeEntryUntilMs: number | null
}

export const noWindows: OpenWindows = { serviceUntilMs: null, freeEntryUntilMs: null }

/** How long a message of a person keeps the customer-service window open. Source: channels.md §1. */
export const serviceWindowMs = 24 * 3_600_000

/** How long an answered click-to-WhatsApp entry is free. Source: channels.md §1. */
export const freeEntryMs = 72 * 3_600_000

const isOpen = (untilMs: number | null, atMs: number): boolean => untilMs !== null && untilMs > atMs

/** How a campaign's message goes out: as plain text while the person's window is open, as a template otherwise. */
export function formAt(windows: OpenWindows, atMs: number): MessageForm {
  return isOpen(windows.serviceUntilMs, atMs) ? 'free_form' : 'template'
}

export type Charge =
  | { readonly kind: 'free'; readonly why: 'channel' | 'service_window' | 'free_entry' }
  | { readonly kind: 'paid'; readonly usdMicros: number }
  /** It is charged, and no price is known for it. */
  | { readonly kind: 'unknown' }

export type PricedMessage = {
  readonly form: MessageForm
  readonly category: PriceCategory
  readonly country: string | null
  readonly windows: OpenWindows
  readonly atMs: number
  /** The day whose prices hold: that of the workspace at `atMs`. */
  readonly day: string
}

/**
 * What the official channel charges for one message.
 *
 * In a free entry everything is free. In the 24-hour window free-form text and utility templates are; a marketing or
 * authentication template is charged even there. Source: channels.md §1.
 */
export function chargeOf(table: PriceTable, message: PricedMessage): Charge {
  const { form, category, windows, atMs } = message
  if (isOpen(windows.freeEntryUntilMs, atMs)) return { kind: 'free', why: 'free_entry' }
  const isInWindow = isOpen(windows.serviceUntilMs, atMs)
  if (isInWindow && (form === 'free_form' || category === 'utility'))
    return { kind: 'free', why: 'service_window' }
  const usdMicros = table.find(message.country, category, message.day)
  return usdMicros === null ? { kind: 'unknown' } : { kind: 'paid', usdMicros }
}

/** Rupiah for one US dollar, from a day on. */
export type RateLine = { readonly effectiveFrom: string; readonly idrPerUsd: number }

/** The rate in force on a day, the oldest one for days before it; null without any. */
export function rateOn(rates: readonly RateLine[], day: string): number | null {
  const dated = rates.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))
  const inForce = dated.find(({ effectiveFrom }) => effectiveFrom <= day) ?? dated.at(-1)
  return inForce?.idrPerUsd ?? null
}

const microsPerUsd = 1_000_000
const microsPerCent = 10_000

/** An amount in minor units of both currencies, each rounded half up; rupiah have no minor unit. */
export type MoneyInBoth = { readonly idrMinor: number; readonly usdMinor: number }

export function moneyOfMicros(usdMicros: number, idrPerUsd: number): MoneyInBoth {
  return {
    idrMinor: Math.round((usdMicros * idrPerUsd) / microsPerUsd),
    usdMinor: Math.round(usdMicros / microsPerCent),
  }
}

/** The millionths of a US dollar an amount is worth, rounded down: what is bought with it never exceeds it. */
export function microsOfAmount(
  amount: { readonly amountMinor: number; readonly currency: 'IDR' | 'USD' },
  idrPerUsd: number,
): number {
  if (amount.currency === 'USD') return amount.amountMinor * microsPerCent
  return Math.floor((amount.amountMinor * microsPerUsd) / idrPerUsd)
}
