import type { BinaryNode } from 'baileys'

const unstoredMax = 10_000

/** Names a stanza that WhatsApp keeps until it is answered; null for one that matters to nobody. */
export function stanzaKeyOf({ tag, attrs }: Pick<BinaryNode, 'tag' | 'attrs'>): string | null {
  if (tag === 'message') return messageKeyOf(attrs['id'] ?? '')
  return tag === 'receipt' ? `receipt/${attrs['id'] ?? ''}/${attrs['type'] ?? ''}` : null
}

export const messageKeyOf = (id: string): string => `message/${id}`

/** What came and is not stored yet. The oldest are forgotten beyond ten thousand. */
export class Unstored {
  private readonly keys = new Set<string>()

  arrived(key: string): void {
    this.keys.delete(key)
    this.keys.add(key)
    const [oldest] = this.keys
    if (this.keys.size > unstoredMax && oldest !== undefined) this.keys.delete(oldest)
  }

  stored(key: string): void {
    this.keys.delete(key)
  }

  has(key: string): boolean {
    return this.keys.has(key)
  }
}
