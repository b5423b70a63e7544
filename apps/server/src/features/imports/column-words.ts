/** Headers of columns as Indonesian and English programs write them, small letters, without signs. */
const wordsOf = {
  phone: `no whatsapp|no wa|nomor wa|nomor whatsapp|nomer wa|nomer whatsapp|whatsapp|wa|whatsapp number|wa number|no hp|nohp|nomor hp|nomer hp
    |hp|handphone|no handphone|nomor handphone|no telp|no tlp|no telepon|nomor telepon|telepon|telpon|telp|tlp|no telpon|nomor|nomer|no kontak
    |nomor kontak|no ponsel|ponsel|nomor ponsel|phone|phone number|no phone|mobile|mobile phone|mobile number|cell|cell phone|cellphone
    |contact number|number|msisdn|phone 1 value|phone 2 value|phone 3 value|telephone|tel|kontak|primary phone`,
  full_name: `nama lengkap|nama|name|full name|fullname|nama pelanggan|nama customer|nama konsumen|nama kontak|customer name|customer
    |contact name|display name|nama member|nama anggota|pelanggan|nama penerima`,
  first_name: `nama depan|first name|firstname|given name|panggilan|nama panggilan`,
  last_name: `nama belakang|last name|lastname|family name|surname`,
  email: `email|e mail|mail|surel|alamat email|email address|e mail address|e mail 1 value|email 1 value`,
  company: `perusahaan|nama perusahaan|company|company name|organization|organisation|organization name|organization 1 name|organisasi
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
  return targetOfWord.get(normaliseHeader(header)) ?? null
}
