import type { AddressKind } from './incoming.repo.ts'

export interface KnownAddress {
  readonly kind: AddressKind
  readonly value: string
}

/** What an address is, by how WhatsApp writes it: a number, a LID (`…@lid`), or a user id. */
export function readAddress(value: string): KnownAddress {
  if (value.startsWith('+')) return { kind: 'phone', value }
  return { kind: value.endsWith('@lid') ? 'lid' : 'user_id', value }
}
