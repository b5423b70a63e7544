/** A file as shops write it, with what an import must find in each row. */
export interface PeopleFile {
  readonly rows: readonly {
    readonly number: string
    readonly kind: 'valid' | 'duplicate' | 'invalid'
    readonly phone: string | null
  }[]
  readonly counts: { readonly valid: number; readonly duplicates: number; readonly invalid: number }
}

const writings: readonly ((digits: string) => string)[] = [
  (digits) => `+62${digits}`,
  (digits) => `62${digits}`,
  (digits) => `0${digits}`,
  (digits) => digits,
  (digits) => ` 62${digits} `,
  (digits) => `'62${digits}`,
  (digits) => `+62 ${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`,
  (digits) => `(0${digits.slice(0, 3)}) ${digits.slice(3)}`,
  (digits) => `0${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
]
const broken = ['', '12345', '62999', 'tanpa nomor', '+62', '0812-ABCD-123', '0000000000000', '6.28123E+12']

/**
 * Rows in every way of writing, some twice in another writing, some broken; the same for the same arguments.
 *
 * @param from First number; files of different `from` name different people.
 */
export function buildPeopleFile(count: number, from = 0): PeopleFile {
  const rows = Array.from({ length: count }, (_, index) => buildRow(index, from))
  const number = (kind: string) => rows.filter((row) => row.kind === kind).length
  return {
    rows,
    counts: { valid: number('valid'), duplicates: number('duplicate'), invalid: number('invalid') },
  }
}

function buildRow(index: number, from: number): PeopleFile['rows'][number] {
  const write = writings[index % writings.length] ?? String
  if (index % 13 === 5) return { number: broken[index % broken.length] ?? '', kind: 'invalid', phone: null }
  const repeats = index % 10 === 7
  const source = repeats ? index - 1 : index
  const isBrokenSource = source % 13 === 5
  const digits = `812${String(10_000_000 + from + source).slice(-8)}`
  return {
    number: write(digits),
    kind: repeats && !isBrokenSource ? 'duplicate' : 'valid',
    phone: `+62${digits}`,
  }
}

const companies = ['Toko Contoh', '"Kopi; Senja"', '"Batik ""Ayu"""', 'PT Maju, Jaya', '']
const tags = ['vip', '"vip, pelanggan"', '', 'prospek']

/** The same people as CSV: semicolons, quotes, a byte order mark and Windows line ends. */
export function toMessyCsv({ rows }: PeopleFile): string {
  const lines = rows.map(({ number }, index) =>
    [
      `Orang ${index}`,
      number,
      index % 3 === 0 ? `orang${index}@example.com` : '',
      companies[index % 5],
      tags[index % 4],
      '03/09/1997',
    ].join(';'),
  )
  return `\ufeff${['Nama Lengkap;No. WhatsApp;Email;Perusahaan;Tag;Tanggal Lahir', ...lines].join('\r\n')}\r\n`
}

/** The numbers alone, one in a line; an empty number would be a blank line, so it stands as a dash. */
export function toNumbersText({ rows }: PeopleFile): string {
  return rows.map(({ number }) => number || '-').join('\r\n')
}
