/** Headers of columns as Indonesian and English programs write them, small letters, without signs. */
const wordsOf = {
  phone: `no whatsapp|no wa|nomor wa|nomor whatsapp|nomer wa|nomer whatsapp|whatsapp|wa|whatsapp number|wa number|no hp|nohp|nomor hp|nomer hp
    |hp|handphone|no handphone|nomor handphone|no telp|no tlp|no telepon|nomor telepon|telepon|telpon|telp|tlp|no telpon|nomor|nomer|no kontak
    |nomor kontak|no ponsel|ponsel|nomor ponsel|phone|phone number|no phone|mobile|mobile phone|mobile number|cell|cell phone|cellphone
    |contact number|number|msisdn|telephone|tel|kontak|primary phone|home phone|business phone|work phone|other phone|telepon rumah
    |telepon kantor|telepon lain|hp 2|no hp 2|no wa 2|nomor hp 2|nomor wa 2|phone 2|mobile 2|telepon 2`,
  full_name: `nama lengkap|nama|name|full name|fullname|nama pelanggan|nama customer|nama konsumen|nama kontak|customer name|customer
    |contact name|display name|nama member|nama anggota|pelanggan|nama penerima`,
  first_name: `nama depan|first name|firstname|given name|panggilan|nama panggilan`,
  middle_name: `nama tengah|middle name|additional name`,
  last_name: `nama belakang|last name|lastname|family name|surname`,
  whatsapp_id: `whatsapp id|id whatsapp|lid`,
  email: `email|e mail|mail|surel|alamat email|email address|e mail address`,
  company: `perusahaan|nama perusahaan|company|company name|organization|organisation|organization name|organisasi|nama organisasi
    |instansi|toko|nama toko|usaha|nama usaha|kantor`,
  language: `bahasa|language|lang`,
  notes: `catatan|keterangan|note|notes|memo|komentar|remarks|description|deskripsi`,
  tags: `tag|tags|label|labels|kategori|category|categories|grup|group|groups|group membership|segmen`,
} as const

export type FieldTarget = keyof typeof wordsOf

const targetOfWord: ReadonlyMap<string, FieldTarget> = new Map(
  Object.entries(wordsOf).flatMap(([target, words]) =>
    words.split('|').map((word) => [word.trim().replace(/\s+/g, ' '), target as FieldTarget] as const),
  ),
)

/** Numbered columns of address books: `Phone 2 - Value`, `E-mail 1 - Value`, `Telepon 1 - Nilai`, `Organization 1 - Name`. */
const numbered: readonly (readonly [RegExp, FieldTarget])[] = [
  [/^(phone|telepon|nomor telepon) \d{1,2} (value|nilai)$/, 'phone'],
  [/^(e mail|email|surel) 1 (value|nilai)$/, 'email'],
  [/^(organization|organisasi) 1 (name|nama)$/, 'company'],
]

/** `No. WhatsApp *` → `no whatsapp`. */
export function normaliseHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What a column with this header holds, or null when the words are not known. */
export function targetOfHeader(header: string): FieldTarget | null {
  const words = normaliseHeader(header)
  return targetOfWord.get(words) ?? numbered.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

/** Whether the columns are those of an export of Google Contacts, of its older or its present form. */
export function isGoogleExport(headers: readonly string[]): boolean {
  const words = new Set(headers.map(normaliseHeader))
  const hasAny = (...names: readonly string[]): boolean => names.some((name) => words.has(name))
  return (
    hasAny('phone 1 value', 'telepon 1 nilai', 'e mail 1 value', 'email 1 nilai') &&
    hasAny(
      'phone 1 label',
      'phone 1 type',
      'telepon 1 label',
      'e mail 1 label',
      'e mail 1 type',
      'email 1 label',
    )
  )
}
