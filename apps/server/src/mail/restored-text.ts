import type { Language } from '../core.ts'
import type { MailContent } from './mail-layout.ts'

export interface RestoredMailFacts {
  readonly name: string
  readonly language: Language
  readonly productName: string
  readonly url: string
  readonly campaignsHalted: number
  readonly campaignsAsking: number
}

/** Tells a platform admin that a backup was restored and that nothing goes out until a person lets it. */
export function restoredText(facts: RestoredMailFacts): MailContent {
  const { language, productName, campaignsHalted, campaignsAsking, name, url } = facts
  const texts = {
    id: {
      subject: `${productName} dipulihkan dari cadangan`,
      greeting: `Halo ${name},`,
      paragraphs: [
        `Data ${productName} dipulihkan dari cadangan. Agar tidak ada orang yang menerima pesan dua kali, tidak ada yang dikirim dengan sendirinya.`,
        `${campaignsHalted} kampanye yang sedang berjalan dihentikan, ${campaignsAsking} yang terjadwal menunggu keputusan.`,
        'Yang terjadi setelah cadangan dibuat tidak lagi diketahui. Periksa setiap kampanye, lalu lanjutkan atau batalkan.',
      ],
      label: 'Buka dasbor',
      footer: `Dikirim oleh ${productName}`,
    },
    en: {
      subject: `${productName} was restored from a backup`,
      greeting: `Hello ${name},`,
      paragraphs: [
        `The data of ${productName} was restored from a backup. So that nobody gets a message twice, nothing is sent by itself.`,
        `Running campaigns that were halted: ${campaignsHalted}. Scheduled ones that wait for a decision: ${campaignsAsking}.`,
        'What happened after the backup was made is not known any more. Look at each campaign, then let it go on or cancel it.',
      ],
      label: 'Open the dashboard',
      footer: `Sent by ${productName}`,
    },
  }[language]
  const { label, ...rest } = texts
  return { language, ...rest, action: { label, url } }
}
