export type CustomFieldType = 'text' | 'number' | 'date' | 'choice' | 'yes_no'
export type CustomValue = string | number | boolean

export interface CustomFieldRule {
  readonly key: string
  readonly type: CustomFieldType
  readonly choices: readonly string[]
}

const yes = new Set(['yes', 'ya', 'y', 'true', '1', 'benar'])
const no = new Set(['no', 'tidak', 'tdk', 'n', 'false', '0', 'salah'])
export const customTextLengthMax = 1000

/**
 * Reads a value for a custom field as people write it: `1.250.000`, `03/09/1997` (day first), `ya`.
 *
 * @returns The value as it is stored (dates as `YYYY-MM-DD`), or null when it is empty or does not fit the field.
 */
export function readCustomValue(field: CustomFieldRule, raw: CustomValue): CustomValue | null {
  const text = String(raw).trim()
  if (text === '') return null
  switch (field.type) {
    case 'text':
      return text.slice(0, customTextLengthMax)
    case 'number':
      return readNumber(text)
    case 'date':
      return readDate(text)
    case 'choice':
      return field.choices.find((choice) => choice.toLowerCase() === text.toLowerCase()) ?? null
    case 'yes_no':
      return yes.has(text.toLowerCase()) ? true : no.has(text.toLowerCase()) ? false : null
  }
}

/** A point or comma with three digits behind it separates thousands, else it begins the fraction. */
function readNumber(text: string): number | null {
  const compact = text.replace(/^(rp|idr|usd|\$)\.?\s*/i, '').replace(/\s/g, '')
  const thousands = /^[+-]?\d{1,3}([.,]\d{3})+$/.test(compact)
  const plain = thousands ? compact.replace(/[.,]/g, '') : toPoint(compact)
  const value = /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
  return Number.isFinite(value) ? value : null
}

/** Of two kinds of signs the last one begins the fraction: `1.250,50` and `1,250.50`. */
function toPoint(text: string): string {
  const comma = text.lastIndexOf(',')
  const point = text.lastIndexOf('.')
  if (comma > point) return text.replaceAll('.', '').replace(',', '.')
  return text.replaceAll(',', '')
}

function readDate(text: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text)
  if (iso) return toDate(iso[1], iso[2], iso[3])
  const dayFirst = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})/.exec(text)
  return dayFirst ? toDate(dayFirst[3], dayFirst[2], dayFirst[1]) : null
}

function toDate(year = '', month = '', day = ''): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const instant = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== date ? null : date
}
