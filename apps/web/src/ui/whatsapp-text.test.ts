import { describe, expect, test } from 'vitest'
import { parseWhatsAppText } from './whatsapp-text.ts'

const only = (text: string) => {
  const block = parseWhatsAppText(text)[0]
  return block && 'children' in block ? block.children : []
}

describe('parseWhatsAppText', () => {
  test('reads bold, italic and strike, also inside one another', () => {
    expect(only('*Halo _Kak_* ~lama~')).toEqual([
      {
        kind: 'bold',
        children: [
          { kind: 'text', text: 'Halo ' },
          { kind: 'italic', children: [{ kind: 'text', text: 'Kak' }] },
        ],
      },
      { kind: 'text', text: ' ' },
      { kind: 'strike', children: [{ kind: 'text', text: 'lama' }] },
    ])
  })

  test('leaves marks inside words and beside spaces as written', () => {
    for (const text of ['nama_file_baru', '2 * 3 * 4', 'a * spasi * b', '**', 'a*b*c']) {
      expect(only(text)).toEqual([{ kind: 'text', text }])
    }
  })

  test('formats nothing inside code', () => {
    expect(only('`*x*`')).toEqual([{ kind: 'code', text: '*x*' }])
    expect(parseWhatsAppText('```\n*x*\ny```')).toEqual([{ kind: 'pre', text: '*x*\ny' }])
  })

  test('ends a link before the punctuation that follows it', () => {
    expect(only('Lihat https://toko.id/a?b=1, ya')).toEqual([
      { kind: 'text', text: 'Lihat ' },
      { kind: 'link', text: 'https://toko.id/a?b=1' },
      { kind: 'text', text: ', ya' },
    ])
  })

  test('tells quotes and lists from plain lines and keeps empty lines', () => {
    expect(parseWhatsAppText('> kata\n- satu\n1. dua\n\nakhir').map((block) => block.kind)).toEqual([
      'quote',
      'bullet',
      'number',
      'line',
      'line',
    ])
  })
})
