import { stringify } from 'csv-stringify'
import { pipeline, Readable } from 'node:stream'
import type { BilingualText } from '@siar/domain'
import { phoneProblems } from '@siar/domain/phone'
import type { Language } from '../../core.ts'
import type { RejectRow } from './imports.repo.ts'
import type { RejectReason } from './read-row.ts'

/** Why a row made no contact, for the person who imports. */
export const rejectTexts = {
  ...phoneProblems,
  country_not_allowed: {
    id: 'Nomor dari negara yang tidak diizinkan di ruang kerja ini.',
    en: 'The number is of a country this workspace does not allow.',
  },
  row_too_long: { id: 'Baris terlalu panjang.', en: 'The row is too long.' },
  control_characters: {
    id: 'Baris berisi karakter yang bukan teks.',
    en: 'The row contains characters that are not text.',
  },
  same_number_above: {
    id: 'Nomor yang sama sudah ada di baris sebelumnya.',
    en: 'The same number stands in an earlier row.',
  },
} as const satisfies Record<RejectReason, BilingualText>

const headers = {
  id: ['Baris', 'Hasil', 'Alasan'],
  en: ['Row', 'Result', 'Reason'],
} as const

const results = {
  duplicate: { id: 'duplikat', en: 'duplicate' },
  invalid: { id: 'tidak valid', en: 'invalid' },
} as const

/**
 * Rejected rows as CSV for a spreadsheet: row, result and reason, then the cells as they stood in the file. A cell that a
 * spreadsheet would run as a formula begins with an apostrophe.
 */
export function rejectsCsv(
  pages: AsyncIterable<readonly RejectRow[]>,
  columns: readonly string[],
  language: Language,
): Readable {
  const csv = stringify({
    escape_formulas: true,
    bom: true,
    record_delimiter: '\r\n',
    quoted_match: /[\r\n]/,
  })
  pipeline(Readable.from(toLines(pages, columns, language)), csv, () => undefined)
  return csv
}

async function* toLines(
  pages: AsyncIterable<readonly RejectRow[]>,
  columns: readonly string[],
  language: Language,
): AsyncGenerator<string[]> {
  yield [...headers[language], ...columns]
  for await (const page of pages) {
    for (const { row, kind, reason, cells } of page) {
      const text = Object.hasOwn(rejectTexts, reason) ? rejectTexts[reason as RejectReason][language] : reason
      yield [String(row), results[kind][language], text, ...cells]
    }
  }
}
