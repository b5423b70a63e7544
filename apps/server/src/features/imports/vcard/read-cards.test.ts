import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RecordSplitter } from '../record-splitter.ts'
import { toTableLine } from '../table-text.ts'
import { readCards } from './read-cards.ts'

async function read(bytes: Buffer, pieceBytes: number): Promise<string[][]> {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  const cards: string[][] = []
  for await (const group of readCards(pieces(), 'utf-8')) cards.push(...group)
  return cards
}

const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')
const folded = (line: string, width: number) =>
  Array.from(line)
    .reduce<string[]>((lines, sign, index) => {
      if (index % width === 0) lines.push('')
      lines[lines.length - 1] += sign
      return lines
    }, [])
    .join('\r\n ')
const quotedPrintable = (text: string) =>
  [...Buffer.from(text)].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('=\r\n')

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.replace(/[\r\n\u2028\u2029]/g, ' ').trim())
  .filter((text) => text !== '')

test('a name comes back whatever it is, wherever its line is folded and the file is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(name, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 8, max: 75 }),
      fc.integer({ min: 1, max: 200 }),
      async (names, width, pieceBytes) => {
        const file = names
          .map(
            (text) =>
              `BEGIN:VCARD\r\nVERSION:4.0\r\n${folded(`FN:${escaped(text)}`, width)}\r\nEND:VCARD\r\n`,
          )
          .join('')
        expect((await read(Buffer.from(file), pieceBytes)).map(([fullName]) => fullName)).toEqual(names)
      },
    ),
  )
})

test('a name in quoted-printable of version 2.1 comes back, wherever the file is cut', async () => {
  await fc.assert(
    fc.asyncProperty(name, fc.integer({ min: 1, max: 50 }), async (text, pieceBytes) => {
      const value = quotedPrintable(escaped(text))
      const file = `BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${value}\r\nEND:VCARD\r\n`
      expect((await read(Buffer.from(file), pieceBytes)).map(([fullName]) => fullName)).toEqual([text])
    }),
  )
})

test('no bytes at all make the reader fail', async () => {
  const line = fc.constantFrom(
    'BEGIN:VCARD',
    'END:VCARD',
    'VERSION:2.1',
    'AGENT:',
    'TEL;X="',
    'N;;;:=\r\n ',
    ' =',
    'FN:\\',
  )
  const noise = fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(noise, fc.integer({ min: 1, max: 40 }), async (lines, pieceBytes) => {
      for (const cells of await read(Buffer.from(lines.join('\n')), pieceBytes)) expect(cells).toHaveLength(9)
    }),
  )
})

test('a row of a table is read back as it was written', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\r', ''))
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { maxLength: 8 }), (rows) => {
      const filled = rows.map((cells) => ['x', ...cells])
      const splitter = new RecordSplitter(',')
      const records = [...splitter.push(filled.map(toTableLine).join('')), ...splitter.end()]
      expect(records.map(({ cells }) => cells)).toEqual(filled)
    }),
  )
})
