import { delayReasons, refusalReasons, skipReasons } from '@siar/domain'
import type { Language } from '../../core.ts'

interface BilingualText {
  readonly id: string
  readonly en: string
}

const ownReasons: Readonly<Record<string, BilingualText>> = {
  crashed: {
    id: 'Program berhenti saat pesan ini sedang dikirim; belum pasti apakah pesan sampai.',
    en: 'The program stopped while this message was being sent; whether it arrived is not certain.',
  },
  restored: {
    id: 'Data dipulihkan dari cadangan saat pesan ini sedang dikirim; belum pasti apakah pesan sampai.',
    en: 'The data was restored from a backup while this message was being sent; whether it arrived is not certain.',
  },
  timeout: {
    id: 'WhatsApp tidak menjawab tepat waktu; belum pasti apakah pesan terkirim.',
    en: 'WhatsApp did not answer in time; whether the message went out is not certain.',
  },
  connection_lost: {
    id: 'Sambungan terputus saat pesan ini sedang dikirim; belum pasti apakah pesan terkirim.',
    en: 'The line broke while this message was being sent; whether it went out is not certain.',
  },
  too_many_attempts: {
    id: 'Pengiriman dicoba beberapa kali dan selalu gagal.',
    en: 'Sending was tried several times and failed every time.',
  },
}

const tables: readonly Readonly<Record<string, BilingualText>>[] = [
  skipReasons,
  refusalReasons,
  delayReasons,
  ownReasons,
]

/** The reason of a recipient in plain words; a code without words is shown as it is. Null for no reason. */
export function reasonText(reason: string | null, language: Language): string | null {
  if (reason === null) return null
  for (const table of tables) {
    const text = Object.hasOwn(table, reason) ? table[reason] : undefined
    if (text) return text[language]
  }
  return reason
}

const routeReasons: Readonly<Record<string, BilingualText>> = {
  moved_capped: {
    id: 'Dipindahkan: nomor semula sudah mencapai batas hari ini',
    en: 'Moved: the first number has sent all it may today',
  },
  sticky: { id: 'Sudah berbincang dengan nomor ini', en: 'Already talks with this number' },
  round_robin: { id: 'Bergiliran', en: 'In turn' },
  weighted: { id: 'Menurut bobot', en: 'By weight' },
  least_loaded: { id: 'Antrean paling pendek', en: 'Shortest queue' },
  open_window: {
    id: 'Menulis ke nomor ini dalam 24 jam terakhir: gratis',
    en: 'Wrote to this number within 24 hours: free of charge',
  },
  free_entry: {
    id: 'Datang lewat iklan WhatsApp: gratis 72 jam',
    en: 'Came by a WhatsApp ad: free of charge for 72 hours',
  },
  paid_template: { id: 'Templat berbayar lewat API resmi', en: 'Paid template on the official API' },
  own_sender: { id: 'Lewat nomor toko sendiri: gratis', en: "By a number of the shop's own: free of charge" },
  gateway_node: { id: 'Lewat simpul gateway: gratis', en: 'By a gateway node: free of charge' },
  paid_limit: {
    id: 'Batas pesan berbayar tercapai, jadi lewat nomor gratis',
    en: 'The limit of paid messages is reached, so by a number that is free of charge',
  },
  moved: {
    id: 'Dipindahkan: nomor semula tidak tersambung',
    en: 'Moved: the first number was not connected',
  },
}

/** Why a recipient has its sender, in plain words. */
export function routeReasonText(reason: string | null, language: Language): string | null {
  if (reason === null) return null
  return routeReasons[reason]?.[language] ?? reason
}
