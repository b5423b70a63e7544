/** How a style shows numbers, as far as an import cares. */
export type NumberStyle = 'plain' | 'date' | { readonly zeros: number }

export interface DateSystem {
  /** Whether days are counted from 1904 on. */
  readonly from1904: boolean
}

const serialMax = 2_958_465

/**
 * A stored number as a person would type it: all digits of `6.28123456789E+11`, dates as `2026-03-09`, and the leading zeros of
 * a format such as `000000000000`. What is no number stays as it is.
 */
export function numberText(raw: string, style: NumberStyle, system: DateSystem): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (style === 'date' && value >= 0 && value <= serialMax) return dateText(value, system)
  const text = plainDigits(value)
  return typeof style === 'object' && /^\d+$/.test(text) ? text.padStart(style.zeros, '0') : text
}

/** Spreadsheets show 15 significant digits; what stands behind them is noise of the binary fraction. */
function plainDigits(value: number): string {
  const shown = Number(value.toPrecision(15))
  return Number.isInteger(shown) && Math.abs(shown) < 1e21 ? BigInt(shown).toString() : String(shown)
}

/** Day 60 is the 29th of February 1900, which never was: days before it count one less. */
function dateText(serial: number, { from1904 }: DateSystem): string {
  const seconds = Math.round(serial * 86_400)
  const days = Math.floor(seconds / 86_400)
  const firstDay = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  const [date = '', time = ''] = new Date(firstDay + seconds * 1000).toISOString().split(/[T.]/)
  if (days === 0 && !from1904) return time
  return seconds % 86_400 === 0 ? date : `${date} ${time}`
}

/** What a number format says, from its number among the built-in ones and its code. */
export function styleOfFormat(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) {
    const isDate =
      (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58 && id !== 48 && id !== 49)
    return isDate ? 'date' : 'plain'
  }
  const [shown = ''] = code.split(';')
  if (/^0{2,15}$/.test(shown)) return { zeros: shown.length }
  const letters = shown.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return !/general/i.test(letters) && /[ymdhs]/i.test(letters) ? 'date' : 'plain'
}

/** `BC12` → 54; null for what names no column. */
export function columnOf(reference: string): number | null {
  let column = 0
  for (const letter of reference.toUpperCase()) {
    const digit = letter.charCodeAt(0) - 64
    if (digit < 1 || digit > 26) break
    column = column * 26 + digit
    if (column > 1_000_000) return null
  }
  return column === 0 ? null : column - 1
}

/** Characters that XML cannot hold stand as `_x000D_`. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
}
