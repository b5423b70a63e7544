import type { BilingualText } from '../transitions.ts'

export const templateErrorTexts = {
  too_long: { id: 'Teks terlalu panjang.', en: 'The text is too long.' },
  too_deep: { id: 'Kurung kurawal bertumpuk terlalu dalam.', en: 'The braces are nested too deeply.' },
  unclosed_brace: {
    id: 'Kurung kurawal { ini tidak ditutup. Tulis \\{ bila memang ingin menampilkannya.',
    en: 'This { is never closed. Write \\{ to show a brace.',
  },
  unopened_brace: {
    id: 'Kurung kurawal } ini tidak punya pembuka. Tulis \\} bila memang ingin menampilkannya.',
    en: 'This } was never opened. Write \\} to show a brace.',
  },
  empty_name: { id: 'Nama variabel kosong.', en: 'The variable has no name.' },
  invalid_name: { id: 'Nama variabel ini tidak sah.', en: 'This is not a valid variable name.' },
  unknown_variable: { id: 'Variabel ini tidak dikenal.', en: 'This variable is not known.' },
} as const satisfies Record<string, BilingualText>

export type TemplateErrorCode = keyof typeof templateErrorTexts

/** One problem in a template text. `position` is an offset in UTF-16 code units, where the sign in question stands. */
export type TemplateError = {
  readonly position: number
  readonly code: TemplateErrorCode
  readonly name?: string
}
