import type { Phone } from '../addresses/index.ts'

/** One way to reach a person of a row. */
export interface ImportAddress {
  readonly kind: 'phone' | 'lid'
  /** E.164 with "+", or a LID (`…@lid`). */
  readonly value: string
  readonly country: string | null
  readonly isLandline: boolean
}

export function addressOfPhone({ e164, country, kind }: Phone): ImportAddress {
  return { kind: 'phone', value: e164, country, isLandline: kind === 'landline' }
}

/** The id WhatsApp gives a person whose number it hides; null for a cell that holds none. */
export function readHiddenId(cell: string | undefined): ImportAddress | null {
  const value = cell?.trim() ?? ''
  return /^\d{5,20}@lid$/.test(value) ? { kind: 'lid', value, country: null, isLandline: false } : null
}
