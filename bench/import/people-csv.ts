import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { names } from '../audience/names.ts'

/** What a file holds, counted while it is written. */
export interface FileCounts {
  readonly rows: number
  readonly valid: number
  readonly duplicates: number
  readonly invalid: number
}

const writings: readonly ((digits: string) => string)[] = [
  (digits) => `+62${digits}`,
  (digits) => `62${digits}`,
  (digits) => `0${digits}`,
  (digits) => digits,
  (digits) => `'+62${digits}`,
  (digits) => `"+62 ${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}"`,
  (digits) => `(0${digits.slice(0, 3)}) ${digits.slice(3)}`,
  (digits) => `0${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
]
const broken = ['', '12345', '62999', 'tanpa nomor', '+62', '0812-ABCD-123', '0000000000000', '6.28123E+12']
const companies = ['Toko Contoh', '"Kopi; Senja"', '"Batik ""Ayu"""', '"PT Maju, Jaya"', '', '', '']
const tags = ['vip', '"vip, pelanggan"', '', 'prospek', '']
const header = 'Nama Lengkap;No. WhatsApp;Email;Perusahaan;Tag;Kota'
const linesAtOnce = 5_000

/** Of twenty rows one is broken and two name a person of two rows before in another writing. */
function kindOf(index: number): 'valid' | 'duplicate' | 'invalid' {
  const place = index % 20
  if (place === 5) return 'invalid'
  return place === 9 || place === 18 ? 'duplicate' : 'valid'
}

/** Numbers are spread over the whole range, as the numbers of strangers are; 7,368,787 has no divisor in common with it. */
const digitsOf = (index: number): string => `812${String(10_000_000 + ((index * 7_368_787) % 89_999_999))}`

function lineOf(index: number): string {
  const kind = kindOf(index)
  const write = writings[index % writings.length] ?? String
  const number =
    kind === 'invalid'
      ? broken[((index / 20) % broken.length) | 0]
      : write(digitsOf(kind === 'valid' ? index : index - 2))
  const first = names.first[index % names.first.length] ?? ''
  const last = names.last[((index / 7) | 0) % names.last.length] ?? ''
  return [
    index % 4 === 0 ? `"${first} ${last}"` : `${first} ${last}`,
    number,
    index % 3 === 0 ? `${first}.${last}${index}@example.com` : '',
    companies[index % companies.length],
    tags[index % tags.length],
    `Kota ${index % 50}`,
  ].join(';')
}

/**
 * Writes a file as shops have them: semicolons, quotes, numbers written in eight ways, 5 % of the rows broken and 10 % a second
 * time. Memory does not grow with it; the same for the same number of rows.
 */
export async function writePeopleCsv(path: string, rows: number): Promise<FileCounts> {
  const counts = { rows, valid: 0, duplicate: 0, invalid: 0 }
  const pieces = function* (): Generator<string> {
    yield `\ufeff${header}\r\n`
    for (let from = 0; from < rows; from += linesAtOnce) {
      let text = ''
      for (let index = from; index < Math.min(rows, from + linesAtOnce); index += 1) {
        counts[kindOf(index)] += 1
        text += `${lineOf(index)}\r\n`
      }
      yield text
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path))
  const { valid, duplicate: duplicates, invalid } = counts
  return { rows, valid, duplicates, invalid }
}
