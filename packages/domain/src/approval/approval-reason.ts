import type { BilingualText } from '../transitions.ts'

/**
 * Meta's codes for why a template was turned away, paused or disabled, in plain words.
 *
 * Source: Meta, `rejected_reason` of templates, status webhooks, and subcodes of errors when a template is created.
 */
const reasons = {
  ABUSIVE_CONTENT: {
    id: 'Meta menilai isinya kasar, mengancam, atau merugikan orang.',
    en: 'Meta finds the content abusive, threatening or harmful.',
  },
  INVALID_FORMAT: {
    id: 'Bentuknya belum sesuai: periksa variabel, kata di sekitarnya, dan tanda baca.',
    en: 'Its form is not right: look at the variables, the words around them, and punctuation.',
  },
  PROMOTIONAL: {
    id: 'Isinya promosi, jadi tidak boleh diajukan sebagai pesan layanan.',
    en: 'It promotes something, so it cannot go as a utility message.',
  },
  INCORRECT_CATEGORY: {
    id: 'Kategorinya tidak cocok dengan isinya. Ajukan lagi dengan kategori lain.',
    en: 'The category does not fit the content. Submit it again with another category.',
  },
  TAG_CONTENT_MISMATCH: {
    id: 'Kategori atau bahasanya tidak cocok dengan isinya.',
    en: 'The category or the language does not fit the content.',
  },
  NON_TRANSIENT_ERROR: {
    id: 'Meta tidak dapat meninjaunya. Ajukan lagi nanti.',
    en: 'Meta could not review it. Submit it again later.',
  },
  SCAM: {
    id: 'Meta menilai isinya menyerupai penipuan.',
    en: 'Meta finds that it looks like a scam.',
  },
  FIRST_PAUSE: {
    id: 'Banyak orang mengeluh, jadi Meta menjedanya selama 3 jam.',
    en: 'Many people complained, so Meta pauses it for 3 hours.',
  },
  SECOND_PAUSE: {
    id: 'Banyak orang mengeluh lagi, jadi Meta menjedanya selama 6 jam.',
    en: 'Many people complained again, so Meta pauses it for 6 hours.',
  },
  RATE_LIMITING_PAUSE: {
    id: 'Meta menjedanya karena jarang dibaca atau banyak dikeluhkan.',
    en: 'Meta pauses it because few people read it or many complained.',
  },
  FLAGGED: {
    id: 'Meta memberi peringatan: banyak orang mengeluh. Bila berlanjut, templat ini dijeda.',
    en: 'Meta warns: many people complained. If that goes on, the template is paused.',
  },
  not_received: {
    id: 'Pengajuan ini tidak sampai ke Meta. Ajukan lagi.',
    en: 'This never reached Meta. Submit it again.',
  },
  '2388019': {
    id: 'Akun ini sudah punya sebanyak mungkin templat; hapus yang tidak dipakai di WhatsApp Manager.',
    en: 'The account has as many templates as it may; delete some that are not used in WhatsApp Manager.',
  },
  '2388023': {
    id: 'Templat dengan nama ini sedang dihapus di Meta. Coba lagi beberapa menit lagi.',
    en: 'A template of this name is being deleted at Meta. Try again in some minutes.',
  },
  '2388024': {
    id: 'Meta sudah punya templat dengan nama dan bahasa ini.',
    en: 'Meta has a template of this name and language already.',
  },
  '2388040': { id: 'Salah satu bagiannya terlalu panjang.', en: 'One of its parts is too long.' },
  '2388047': {
    id: 'Bagian di atas teks tidak sesuai aturan Meta.',
    en: 'What stands above the text does not follow the rules of Meta.',
  },
  '2388072': {
    id: 'Isi teks tidak sesuai aturan Meta: periksa variabel dan baris kosong.',
    en: 'The text does not follow the rules of Meta: look at variables and blank lines.',
  },
  '2388073': {
    id: 'Catatan kaki tidak sesuai aturan Meta: tanpa emoji, variabel, dan baris baru.',
    en: 'The footer does not follow the rules of Meta: no emoji, variables or line breaks.',
  },
  '2388293': {
    id: 'Terlalu banyak variabel untuk teks sependek ini. Tambah kata, atau kurangi variabel.',
    en: 'There are too many variables for so short a text. Add words, or use fewer variables.',
  },
  '2388299': {
    id: 'Teks tidak boleh diawali atau diakhiri variabel.',
    en: 'The text may not begin or end with a variable.',
  },
} as const satisfies Record<string, BilingualText>

/** What a reason of Meta means, in plain words; a sentence of Meta that is no known code is given back as it is. */
export function approvalReasonText(reason: string, language: 'id' | 'en'): string {
  return Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons][language] : reason
}

export function isKnownApprovalReason(reason: string): boolean {
  return Object.hasOwn(reasons, reason)
}
