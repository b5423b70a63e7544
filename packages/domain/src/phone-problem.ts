import type { BilingualText } from './transitions.ts'

/** Why a text is no phone number: closed, each with a sentence for the person who imports. */
export const phoneProblems = {
  empty: { id: 'Nomor kosong.', en: 'The number is empty.' },
  letters: { id: 'Nomor berisi huruf.', en: 'The number contains letters.' },
  scientific: {
    id: 'Nomor dirusak Excel menjadi notasi ilmiah (misalnya 6.28E+12); ubah kolomnya menjadi teks.',
    en: 'Excel turned the number into scientific notation (such as 6.28E+12); make the column text.',
  },
  bad_sign: {
    id: 'Nomor berisi tanda yang tidak dikenal.',
    en: 'The number contains a sign that does not belong.',
  },
  several_numbers: {
    id: 'Lebih dari satu nomor dalam satu kolom.',
    en: 'More than one number in one cell.',
  },
  too_short: { id: 'Nomor terlalu pendek.', en: 'The number is too short.' },
  too_long: { id: 'Nomor terlalu panjang.', en: 'The number is too long.' },
  unknown_country: { id: 'Kode negara tidak dikenal.', en: 'The country code is not known.' },
  not_in_use: { id: 'Nomor seperti ini tidak ada di negaranya.', en: 'Its country has no such number.' },
} as const satisfies Record<string, BilingualText>

export type PhoneProblem = keyof typeof phoneProblems
