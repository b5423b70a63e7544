import { encodingExists } from 'iconv-lite'
import { createTextDecoding } from '../decode-text.ts'

/** One line of a vCard: `item1.TEL;TYPE=CELL,PREF:0812…`. */
export interface Property {
  /** In capitals, without its group. */
  readonly name: string
  /** Types and other parameters, in capitals; a word alone (`TEL;CELL`) counts as a type. */
  readonly types: readonly string[]
  readonly parameters: ReadonlyMap<string, string>
  /** As it stands in the file, its bytes one to a character, undone of quoted-printable. */
  readonly value: string
}

/** Reads one unfolded line; null when it is none of a vCard. */
export function parseProperty(line: string): Property | null {
  const colon = findOutside(line, ':', 0)
  if (colon === -1) return null
  const [head = '', ...rest] = splitOutside(line.slice(0, colon), ';')
  const name = head
    .slice(head.lastIndexOf('.') + 1)
    .trim()
    .toUpperCase()
  if (!/^[A-Z0-9-]+$/.test(name)) return null
  const types: string[] = []
  const parameters = new Map<string, string>()
  for (const part of rest) {
    const equals = part.indexOf('=')
    const key = equals === -1 ? 'TYPE' : part.slice(0, equals).trim().toUpperCase()
    const value = part
      .slice(equals + 1)
      .replaceAll('"', '')
      .trim()
    if (key === 'TYPE') types.push(...value.toUpperCase().split(/\s*,\s*/))
    else parameters.set(key, value)
  }
  const raw = line.slice(colon + 1)
  const isQuoted = [...types, parameters.get('ENCODING')?.toUpperCase()].includes('QUOTED-PRINTABLE')
  return { name, types, parameters, value: isQuoted ? decodeQuotedPrintable(raw) : raw }
}

function findOutside(text: string, sign: string, from: number): number {
  let isQuoted = false
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted
    else if (!isQuoted && text[at] === sign) return at
  }
  return isQuoted ? text.indexOf(sign, from) : -1
}

function splitOutside(text: string, sign: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = findOutside(text, sign, 0); at !== -1; at = findOutside(text, sign, from)) {
    parts.push(text.slice(from, at))
    from = at + 1
  }
  return [...parts, text.slice(from)]
}

function decodeQuotedPrintable(text: string): string {
  return text.replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
}

/** The value as text: by the character set that the line names, else by that of the file. */
export function textOf({ value, parameters }: Property, fileEncoding: string): string {
  if (!/[^\0-\x7f]/.test(value)) return value
  const named = parameters.get('CHARSET')?.toLowerCase()
  const encoding = named !== undefined && encodingExists(named) ? named : fileEncoding
  const decoding = createTextDecoding(encoding === 'utf8' ? 'utf-8' : encoding)
  return decoding.write(Buffer.from(value, 'latin1')) + decoding.end()
}

/** Parts of a value between signs that no backslash stands before; the backslashes are taken out. */
export function splitValue(text: string, sign: ';' | ','): string[] {
  const parts = ['']
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (character === sign) parts.push('')
    else if (character === '\\' && at + 1 < text.length) {
      at += 1
      parts[parts.length - 1] += unescaped(text[at] ?? '')
    } else parts[parts.length - 1] += character
  }
  return parts
}

/** A value that is one text, with its backslashes taken out. */
export function plainValue(text: string): string {
  return text.includes('\\') ? text.replace(/\\([^])/g, (_, character: string) => unescaped(character)) : text
}

function unescaped(character: string): string {
  if (character === 'n' || character === 'N') return '\n'
  return /[\\,;:"]/.test(character) ? character : `\\${character}`
}
