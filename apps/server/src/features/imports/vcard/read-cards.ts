import { createTextDecoding } from '../decode-text.ts'
import { Card } from './card.ts'
import { LineUnfolder } from './line-unfolder.ts'
import { parseProperty } from './property.ts'

const depthMax = 20

/**
 * Reads a file of vCards of version 2.1, 3.0 or 4.0 as it arrives: one row for each card, in groups, in the order of
 * `cardHeader`. A card that is cut off, or in whose middle the next begins, counts as far as it goes; text outside of cards is
 * passed over.
 *
 * @param encoding Of the file; `utf-16le` and `utf-16be` too.
 */
export async function* readCards(
  content: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<string[][]> {
  const reader = new CardReader(encoding.startsWith('utf-16') ? 'utf-8' : encoding)
  const unfolder = new LineUnfolder()
  for await (const text of asBytesInText(content, encoding)) {
    const cards = reader.read(unfolder.push(text))
    if (cards.length > 0) yield cards
  }
  const rest = [...reader.read(unfolder.end()), ...reader.end()]
  if (rest.length > 0) yield rest
}

/** A character set may be named by single lines, so text is cut into lines before it is decoded: one byte to a character. */
async function* asBytesInText(content: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  if (!encoding.startsWith('utf-16')) {
    for await (const bytes of content) yield Buffer.from(bytes).toString('latin1')
    return
  }
  const decoding = createTextDecoding(encoding)
  for await (const bytes of content) yield Buffer.from(decoding.write(bytes)).toString('latin1')
  yield Buffer.from(decoding.end()).toString('latin1')
}

class CardReader {
  private readonly encoding: string
  private card: Card | null = null
  /** Cards inside a card (the agent of version 2.1); they are part of the outer one and passed over. */
  private depth = 0
  private expectsAgent = false

  constructor(encoding: string) {
    this.encoding = encoding
  }

  read(lines: readonly string[]): string[][] {
    const done: string[][] = []
    for (const line of lines) this.take(line, done)
    return done
  }

  end(): string[][] {
    return this.card ? [this.card.toCells()] : []
  }

  private take(line: string, done: string[][]): void {
    if (line.trim() === '') return
    const property = parseProperty(line.replace(/^ï»¿/, ''))
    if (!property) return
    const isOfCard = property.value.trim().toUpperCase() === 'VCARD'
    if (property.name === 'BEGIN' && isOfCard) this.begin(done)
    else if (property.name === 'END' && isOfCard) this.finish(done)
    else if (this.depth === 0) this.card?.add(property)
    this.expectsAgent = property.name === 'AGENT' && property.value.trim() === ''
  }

  private begin(done: string[][]): void {
    if (this.card && (this.expectsAgent || this.depth > 0) && this.depth < depthMax) {
      this.depth += 1
      return
    }
    if (this.card) done.push(this.card.toCells())
    this.card = new Card(this.encoding)
    this.depth = 0
  }

  private finish(done: string[][]): void {
    if (this.depth > 0) {
      this.depth -= 1
      return
    }
    if (this.card) done.push(this.card.toCells())
    this.card = null
  }
}
