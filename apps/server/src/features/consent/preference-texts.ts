import type { Language } from '../../core.ts'

export type PreferenceChange = 'stop' | 'come_back'

/** Changes whenever the words of `wordings` do: the ledger keeps it beside the words themselves. */
const wordingVersion = 'preferences-1'

const wordings = {
  stop: {
    id: (name: string) => `Saya tidak mau lagi menerima promosi WhatsApp dari ${name}.`,
    en: (name: string) => `I no longer want WhatsApp promotions from ${name}.`,
  },
  come_back: {
    id: (name: string) =>
      `Saya setuju menerima promosi WhatsApp dari ${name}. Saya dapat berhenti kapan saja.`,
    en: (name: string) => `I agree to get WhatsApp promotions from ${name}. I can stop at any time.`,
  },
} as const satisfies Record<PreferenceChange, Record<Language, (name: string) => string>>

/** What a person says by pressing the button: shown beside it, kept in the ledger. */
export function preferenceWording(
  change: PreferenceChange,
  language: Language,
  workspaceName: string,
): { readonly version: string; readonly text: string } {
  return { version: wordingVersion, text: wordings[change][language](workspaceName) }
}

interface PageTexts {
  readonly title: (name: string) => string
  readonly receiving: (name: string) => string
  readonly not_asked: (name: string) => string
  readonly stopped: (name: string) => string
  readonly closed: (name: string) => string
  readonly stop: string
  readonly stopNote: string
  readonly comeBackTitle: string
  readonly comeBack: string
  readonly saved: string
  readonly notTicked: string
  readonly example: string
}

export const pageTexts: Record<Language, PageTexts> = {
  id: {
    title: (name) => `Pesan dari ${name}`,
    receiving: (name) => `Anda menerima promosi WhatsApp dari ${name}.`,
    not_asked: (name) =>
      `${name} belum mencatat persetujuan Anda untuk promosi. Anda bisa memastikan tidak ada promosi yang dikirim.`,
    stopped: (name) => `Anda sudah berhenti. ${name} tidak akan mengirim pesan kampanye lagi ke nomor Anda.`,
    closed: (name) =>
      `${name} tidak mengirim pesan kampanye ke nomor Anda. Kalau ingin menerimanya lagi, hubungi ${name} langsung.`,
    stop: 'Berhenti terima promosi',
    stopNote: 'Berlaku untuk semua nomor Anda yang dikenal toko ini, termasuk pesan yang sedang antre.',
    comeBackTitle: 'Berubah pikiran?',
    comeBack: 'Terima promosi lagi',
    saved: 'Pilihan Anda sudah disimpan.',
    notTicked: 'Centang dulu persetujuannya, lalu tekan tombolnya lagi.',
    example:
      'Ini halaman contoh. Di pesan kampanye yang sebenarnya, setiap orang mendapat tautannya sendiri.',
  },
  en: {
    title: (name) => `Messages from ${name}`,
    receiving: (name) => `You get WhatsApp promotions from ${name}.`,
    not_asked: (name) =>
      `${name} has no consent of yours for promotions on record. You can make sure that none are sent.`,
    stopped: (name) => `You have stopped. ${name} will send no more campaign messages to your number.`,
    closed: (name) =>
      `${name} sends no campaign messages to your number. To get them again, ask ${name} directly.`,
    stop: 'Stop promotions',
    stopNote: 'Counts for all your numbers this shop knows, and for messages that already wait.',
    comeBackTitle: 'Changed your mind?',
    comeBack: 'Get promotions again',
    saved: 'Your choice is saved.',
    notTicked: 'Tick the box first, then press the button again.',
    example: 'This is an example page. In a real campaign message everybody gets a link of their own.',
  },
}
