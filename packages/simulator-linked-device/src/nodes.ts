import { S_WHATSAPP_NET } from 'baileys'
import type { BinaryNode } from 'baileys'

/** Answers to what clients ask. */
export function resultOf(iq: BinaryNode, ...content: BinaryNode[]): BinaryNode {
  return {
    tag: 'iq',
    attrs: { id: iq.attrs['id'] ?? '', from: iq.attrs['to'] ?? S_WHATSAPP_NET, type: 'result' },
    ...(content.length > 0 ? { content } : {}),
  }
}

export function errorOf(iq: BinaryNode, code: number, text: string): BinaryNode {
  return {
    tag: 'iq',
    attrs: { id: iq.attrs['id'] ?? '', from: iq.attrs['to'] ?? S_WHATSAPP_NET, type: 'error' },
    content: [node('error', { code: String(code), text })],
  }
}

export function node(
  tag: string,
  attrs: Record<string, string> = {},
  content?: BinaryNode['content'],
): BinaryNode {
  return { tag, attrs, ...(content === undefined ? {} : { content }) }
}

export function seconds(atMs: number): string {
  return String(Math.floor(atMs / 1_000))
}
