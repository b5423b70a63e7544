import { analyse } from 'chardet'
import { fileTypeFromBuffer } from 'file-type'
import { createTextDecoding } from './decode-text.ts'

/** Encodings besides UTF-8 that shops' programs write, as iconv-lite spells them. */
const legacyEncodings = new Set([
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1256',
  'iso-8859-1',
  'iso-8859-2',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
  'euc-jp',
])

const fallbackEncoding = 'windows-1252'
const controlShareMax = 0.01

export type DetectedFile =
  | { readonly ok: true; readonly kind: 'text'; readonly encoding: string }
  | { readonly ok: true; readonly kind: 'cards'; readonly encoding: string }
  /** A zip archive, such as a workbook is. */
  | { readonly ok: true; readonly kind: 'archive' }
  /** `kind`: what it is in place of a table, such as `png` or `binary`. */
  | { readonly ok: false; readonly kind: string }

/**
 * Tells from its first bytes whether a file is text, and in which encoding, vCards, or an archive.
 *
 * @param head The beginning of the file; it may end inside a character.
 * @param isUtf8Whole Whether the whole file is valid UTF-8, which decides when the beginning is plain ASCII.
 */
export async function detectFile(head: Uint8Array, isUtf8Whole: boolean): Promise<DetectedFile> {
  const wide = detectUtf16(head)
  if (wide !== null) return { ok: true, kind: kindOfText(head, wide), encoding: wide }
  const markup = detectMarkup(head)
  if (markup !== null) return { ok: false, kind: markup }
  if (startsWith(head, archiveStart)) return { ok: true, kind: 'archive' }
  if (controlShare(head) > controlShareMax || startsWith(head, oldOfficeStart)) {
    return { ok: false, kind: await nameBinary(head) }
  }
  const encoding = isUtf8Whole ? 'utf-8' : detectLegacy(head)
  return { ok: true, kind: kindOfText(head, encoding), encoding }
}

/** The usual ending of a file's name by its content, `binary` when nobody knows. */
export async function nameBinary(head: Uint8Array): Promise<string> {
  return (await fileTypeFromBuffer(head).catch(() => undefined))?.ext ?? 'binary'
}

function kindOfText(head: Uint8Array, encoding: string): 'text' | 'cards' {
  const start = createTextDecoding(encoding).write(head.subarray(0, 512)).trimStart()
  return /^BEGIN:VCARD/i.test(start) ? 'cards' : 'text'
}

function detectUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0)) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const units = Math.min(head.length, 4096) >> 1
  const first = zeroShare(head, 0, units)
  const second = zeroShare(head, 1, units)
  if (second > 0.4 && first < 0.05) return 'utf-16le'
  return first > 0.4 && second < 0.05 ? 'utf-16be' : null
}

/** Of the first two-byte units, the share whose first (0) or second (1) byte is zero. */
function zeroShare(head: Uint8Array, offset: 0 | 1, units: number): number {
  let zeros = 0
  for (let unit = 0; unit < units; unit += 1) if (head[unit * 2 + offset] === 0) zeros += 1
  return units === 0 ? 0 : zeros / units
}

const markupStarts: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'pdf'],
  [/^\{\\rtf/, 'rtf'],
  [/^(<!doctype html|<html)/i, 'html'],
  [/^<\?xml/i, 'xml'],
  [/^[[{]\s*["{[]/, 'json'],
]

/** Text that is no table. */
function detectMarkup(head: Uint8Array): string | null {
  const start = Buffer.from(head.subarray(0, 64)).toString('latin1').replace(/^ï»¿/, '').trimStart()
  return markupStarts.find(([pattern]) => pattern.test(start))?.[1] ?? null
}

/** Archives and old office files may begin with little that is not text. */
const archiveStart = 'PK\u0003\u0004'
const oldOfficeStart = '\u00d0\u00cf\u0011\u00e0'

function startsWith(head: Uint8Array, signature: string): boolean {
  return Buffer.from(head.subarray(0, signature.length)).toString('latin1') === signature
}

/** Share of bytes that no text holds: control characters other than tab, line ends, form feed, escape and the DOS end mark. */
function controlShare(head: Uint8Array): number {
  let count = 0
  for (const byte of head) {
    if (byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 26 && byte !== 27) count += 1
  }
  return head.length === 0 ? 0 : count / head.length
}

function detectLegacy(head: Uint8Array): string {
  for (const { name, confidence } of analyse(head)) {
    const encoding = name.toLowerCase()
    if (confidence >= 50 && legacyEncodings.has(encoding))
      return encoding === 'iso-8859-1' ? fallbackEncoding : encoding
  }
  return fallbackEncoding
}
