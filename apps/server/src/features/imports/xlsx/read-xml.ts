import { AppError } from '@siar/domain'
import type { Tag } from 'sax'
import sax from 'sax'
import { createTextDecoding } from '../decode-text.ts'

export interface XmlHandlers {
  /** Names come without their prefix; those of attributes keep it. */
  open(name: string, attributes: Readonly<Record<string, string>>): void
  /** A long text comes in pieces. */
  text?(text: string): void
  close?(name: string): void
}

/**
 * Reads a part of a workbook as it arrives; yields after each piece, so that what the handlers gathered can go on.
 *
 * No document type is taken, so no entity can grow; texts come in pieces and a name or attribute beyond 64 KB is an error, so
 * memory does not grow with the document.
 *
 * @throws AppError `import_unreadable`; errors of the parser for what is no XML.
 */
export async function* readXml(
  content: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
): AsyncGenerator<undefined> {
  const parser = sax.parser(true, { position: false })
  parser.onerror = (error) => {
    throw error
  }
  parser.ondoctype = () => {
    throw new AppError('import_unreadable', { reason: 'broken_workbook' })
  }
  parser.onopentag = (tag) => handlers.open(localName(tag.name), (tag as Tag).attributes)
  parser.onclosetag = (name) => handlers.close?.(localName(name))
  parser.ontext = (text) => handlers.text?.(text)
  parser.oncdata = (text) => handlers.text?.(text)
  let decoding: ReturnType<typeof createTextDecoding> | null = null
  for await (const bytes of content) {
    decoding ??= createTextDecoding(encodingOf(bytes))
    parser.write(decoding.write(bytes))
    yield
  }
  parser.write(decoding?.end() ?? '').close()
  yield
}

/** The same for a small part of which nothing goes on before its end. */
export async function readWholeXml(content: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  for await (const _piece of readXml(content, handlers)) continue
}

/** The value of an attribute whose name has a prefix that differs between programs, such as `r:id`. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(attributes).find((key) => localName(key) === name)
  return key === undefined ? undefined : attributes[key]
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
