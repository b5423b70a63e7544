/** A file as people have it, and what must become of it. */
export interface MessyFile {
  readonly text: string
  readonly rows: number
  readonly valid: number
  readonly duplicates: number
  readonly invalid: number
  /** Valid people whose city is empty. */
  readonly withoutCity: number
}

const FORMATS: readonly ((digits: string) => string)[] = [
  (d) => `0${d}`,
  (d) => `62${d}`,
  (d) => `+62 ${d.slice(0, 3)}-${d.slice(3, 7)}-${d.slice(7)}`,
  (d) => `${d.slice(0, 1)} ${d.slice(1, 3)} ${d.slice(3)}`,
  (d) => ` (0${d.slice(0, 3)}) ${d.slice(3)} `,
]

const NAMES = ['Sari Dewi', 'Budi "Boy" Santoso', "Ayu D'Souza", 'Ni Luh Putu; Bali', 'José García', '']
const CITIES = ['Bandung', 'Yogyakarta', 'Kab. Sleman, DIY', 'Makassar']
const INVALID = ['', '12345', 'belum ada', '+62', '0812345678901234567', '=1+1']

/**
 * Some sixty rows with semicolons, quotes, Windows line ends and numbers in every spelling.
 *
 * @param first Three digits that keep these people apart from those of other journeys.
 */
export function messyPeople(first: string, valid = 48): MessyFile {
  const digits = (index: number): string => `812${first}${String(100 + index * 7)}`.padEnd(11, '5')
  const lines: string[] = []
  let withoutCity = 0
  for (let index = 0; index < valid; index += 1) {
    const city = index % 12 === 5 ? '' : (CITIES[index % CITIES.length] ?? '')
    if (city === '') withoutCity += 1
    lines.push(row(NAMES[index % NAMES.length] ?? '', spelled(digits(index), index), city))
    if (index % 8 === 7) lines.push(row('Dobel', spelled(digits(index - 3), index + 1), 'Solo'))
  }
  const duplicates = lines.length - valid
  for (const [index, bad] of INVALID.entries()) lines.splice(5 + index * 8, 0, row('Salah', bad, 'Medan'))
  const rows = lines.length
  lines.splice(9, 0, '', '   ')
  const text = `\uFEFFNama Lengkap;No. WhatsApp;Kota\r\n${lines.join('\r\n')}\r\n\r\n`
  return { text, rows, valid, duplicates, invalid: INVALID.length, withoutCity }
}

function spelled(digits: string, index: number): string {
  return FORMATS[index % FORMATS.length]?.(digits) ?? digits
}

function row(...cells: readonly string[]): string {
  return cells.map((cell) => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')
}
