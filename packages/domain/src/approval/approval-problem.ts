import type { BilingualText } from '../transitions.ts'

/** Why Meta would not take a template, each with a sentence a shop owner understands. `%x` stands for a fact of the problem. */
export const approvalProblems = {
  text_missing: {
    id: 'Belum ada teks dalam bahasa ini.',
    en: 'There is no text in this language yet.',
  },
  text_invalid: {
    id: 'Teksnya belum benar; perbaiki dulu di editor.',
    en: 'The text is not right yet; mend it in the editor first.',
  },
  body_too_long: {
    id: 'Teksnya %length karakter; Meta menerima paling banyak %max.',
    en: 'The text has %length characters; Meta takes %max at most.',
  },
  variable_at_edge: {
    id: 'Teks tidak boleh diawali atau diakhiri variabel; beri kata sebelum dan sesudahnya.',
    en: 'The text may not begin or end with a variable; put words before and after it.',
  },
  variables_touch: {
    id: 'Dua variabel menempel: %names. Beri kata di antaranya.',
    en: 'Two variables touch: %names. Put words between them.',
  },
  empty_default: {
    id: 'Nilai pengganti %name kosong, padahal Meta selalu meminta isi. Beri kata pengganti, misalnya %example.',
    en: 'The default of %name is empty, and Meta always wants something there. Give it a word, such as %example.',
  },
  blank_lines: {
    id: 'Ada lebih dari satu baris kosong berturut-turut; sisakan satu.',
    en: 'There is more than one blank line in a row; leave one.',
  },
  braces: {
    id: 'Teks berisi {{ atau }}, yang dipakai Meta untuk variabel.',
    en: 'The text has {{ or }}, which Meta uses for variables.',
  },
  too_many_variables: {
    id: 'Ada %count variabel; paling banyak %max.',
    en: 'There are %count variables; %max at most.',
  },
  footer_too_long: {
    id: 'Catatan kaki %length karakter; Meta menerima paling banyak %max.',
    en: 'The footer has %length characters; Meta takes %max at most.',
  },
  footer_signs: {
    id: 'Catatan kaki tidak boleh berisi emoji, baris baru, atau kurung kurawal.',
    en: 'The footer may have no emoji, line breaks or braces.',
  },
  header_format: {
    id: 'Untuk persetujuan Meta, gambar harus JPEG atau PNG dan dokumen harus PDF.',
    en: 'For approval by Meta a picture must be JPEG or PNG, and a document PDF.',
  },
  header_too_large: {
    id: 'Berkas di atas teks terlalu besar untuk ditinjau: gambar paling besar 5 MB, dokumen 10 MB.',
    en: 'The file above the text is too large for review: 5 MB for a picture, 10 MB for a document.',
  },
} as const satisfies Record<string, BilingualText>

export type ApprovalProblemCode = keyof typeof approvalProblems

/** One reason why a text cannot be submitted. `facts` fill the sentence. */
export interface ApprovalProblem {
  readonly code: ApprovalProblemCode
  readonly facts: Readonly<Record<string, string | number>>
}

/** The sentence of a problem, its facts put in. */
export function approvalProblemText({ code, facts }: ApprovalProblem, language: 'id' | 'en'): string {
  return approvalProblems[code][language].replace(/%([a-z]+)/g, (sign, name: string) =>
    Object.hasOwn(facts, name) ? String(facts[name]) : sign,
  )
}
