import { getDecoder } from 'iconv-lite'
import type { Readable } from 'node:stream'
import type { FileRecord } from './record-splitter.ts'
import { RecordSplitter } from './record-splitter.ts'

/** Turns bytes that arrive in pieces into text, without the byte order mark. Bytes that make no character become U+FFFD. */
export interface TextDecoding {
  write(bytes: Uint8Array): string
  end(): string
}

export function createTextDecoding(encoding: string): TextDecoding {
  if (encoding === 'utf-8') {
    const decoder = new TextDecoder('utf-8')
    return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
  }
  const decoder = getDecoder(encoding)
  return { write: (bytes) => decoder.write(Buffer.from(bytes)), end: () => decoder.end() ?? '' }
}

export interface TextLayout {
  readonly encoding: string
  readonly delimiter: string | null
}

/** The rows of a stored file, in groups as they arrive; the stream waits while a group is being worked on. */
export async function* readRecords(content: Readable, layout: TextLayout): AsyncGenerator<FileRecord[]> {
  const decoding = createTextDecoding(layout.encoding)
  const splitter = new RecordSplitter(layout.delimiter)
  for await (const chunk of content) {
    const records = splitter.push(decoding.write(chunk as Uint8Array))
    if (records.length > 0) yield records
  }
  const rest = [...splitter.push(decoding.end()), ...splitter.end()]
  if (rest.length > 0) yield rest
}
