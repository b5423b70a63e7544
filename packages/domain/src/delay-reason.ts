import type { BilingualText } from './transitions.ts'

/** Why a recipient waits: closed, each with a sentence a shop owner understands. */
export const delayReasons = {
  campaign_not_started: { id: 'Kampanye belum dimulai.', en: 'The campaign has not started.' },
  campaign_paused: { id: 'Kampanye dijeda.', en: 'The campaign is paused.' },
  campaign_halted: {
    id: 'Kampanye dihentikan untuk melindungi nomor pengirim.',
    en: 'The campaign is halted to protect the sending number.',
  },
  sender_not_online: {
    id: 'Nomor pengirim sedang tidak tersambung.',
    en: 'The sending number is not connected.',
  },
  sender_restricted: {
    id: 'WhatsApp membatasi nomor pengirim; hanya balasan yang dikirim.',
    en: 'WhatsApp restricts the sending number; only replies go out.',
  },
  new_chats_locked: {
    id: 'Nomor pengirim belum boleh memulai percakapan baru.',
    en: 'The sending number may not start new chats yet.',
  },
  guardian: {
    id: 'Penjaga menghentikan nomor ini karena kesehatannya menurun.',
    en: 'The guardian stopped this number because its health is falling.',
  },
  quiet_hours: { id: 'Jam tenang di tempat penerima.', en: 'It is night where the recipient lives.' },
  hourly_cap: {
    id: 'Batas per jam nomor pengirim tercapai.',
    en: 'The hourly cap of the sending number is reached.',
  },
  daily_cap: {
    id: 'Batas harian nomor pengirim tercapai.',
    en: 'The daily cap of the sending number is reached.',
  },
  warm_up: { id: 'Nomor pengirim masih dalam pemanasan.', en: 'The sending number is still warming up.' },
  pacing: { id: 'Jeda di antara dua pesan.', en: 'The pause between two messages.' },
  recipient_later: { id: 'Penerima ini dijadwalkan nanti.', en: 'This recipient is due later.' },
  portfolio_limit: {
    id: 'Batas orang per 24 jam dari Meta sudah tercapai; orang ini menunggu sampai ada tempat lagi.',
    en: "Meta's limit of people in 24 hours is reached; this person waits until there is a place again.",
  },
  quota: {
    id: 'Jatah pesan paket habis sampai periode berikutnya.',
    en: 'The plan allowance is used up until it renews.',
  },
} as const satisfies Record<string, BilingualText>

export type DelayReason = keyof typeof delayReasons

export const delayReasonCodes = Object.keys(delayReasons) as [DelayReason, ...DelayReason[]]
