import type { BilingualText } from './transitions.ts'

/** Why a recipient was never sent to: closed, each with a sentence a shop owner understands. */
export const skipReasons = {
  no_consent: {
    id: 'Kontak ini belum menyetujui pesan promosi.',
    en: 'This contact has not agreed to marketing messages.',
  },
  consent_withdrawn: {
    id: 'Kontak ini sudah menarik persetujuannya.',
    en: 'This contact has withdrawn their consent.',
  },
  suppressed: {
    id: 'Nomor ini ada di daftar jangan kirim.',
    en: 'This number is on the do-not-send list.',
  },
  duplicate: {
    id: 'Nomor ini sudah ada di kampanye yang sama.',
    en: 'This number is already in the same campaign.',
  },
  missing_variable: {
    id: 'Data untuk mengisi pesan tidak ada, dan tidak ada nilai pengganti.',
    en: 'A value the message needs is empty and has no default.',
  },
  message_too_long: {
    id: 'Dengan data kontak ini pesannya menjadi lebih panjang dari yang diizinkan WhatsApp.',
    en: 'With the values of this contact the message becomes longer than WhatsApp allows.',
  },
  not_on_whatsapp: {
    id: 'Nomor ini tidak terdaftar di WhatsApp.',
    en: 'This number is not on WhatsApp.',
  },
  frequency_cap: {
    id: 'Kontak ini sudah menerima cukup banyak pesan promosi belakangan ini.',
    en: 'This contact has had enough marketing messages lately.',
  },
  unanswered: {
    id: 'Beberapa pesan promosi terakhir ke kontak ini tidak pernah dibalas.',
    en: 'The last marketing messages to this contact were never answered.',
  },
  no_address: {
    id: 'Kontak ini tidak punya nomor WhatsApp.',
    en: 'This contact has no WhatsApp number.',
  },
  invalid_address: {
    id: 'Nomor ini tidak berlaku.',
    en: 'This number is not valid.',
  },
  contact_inactive: {
    id: 'Kontak ini dinonaktifkan.',
    en: 'This contact is switched off.',
  },
  contact_erased: {
    id: 'Data kontak ini sudah dihapus.',
    en: 'The data of this contact has been erased.',
  },
  blocked: {
    id: 'Orang ini memblokir nomor pengirim.',
    en: 'This person has blocked the sending number.',
  },
  country_not_allowed: {
    id: 'Ruang kerja ini tidak mengirim ke negara nomor ini.',
    en: 'This workspace does not send to the country of this number.',
  },
  window_closed: {
    id: 'Di luar 24 jam sejak pesan terakhirnya hanya templat yang disetujui yang boleh dikirim.',
    en: 'Outside 24 hours from their last message only approved templates may be sent.',
  },
  quota: {
    id: 'Jatah pesan paket Anda sudah habis.',
    en: 'The message allowance of your plan is used up.',
  },
  budget: {
    id: 'Batas biaya kampanye ini sudah tercapai.',
    en: 'The cost limit of this campaign is reached.',
  },
  price_unknown: {
    id: 'Harga pesan ke negara nomor ini belum diketahui, padahal kampanye ini punya batas biaya.',
    en: 'The price of a message to the country of this number is not known, and this campaign has a cost limit.',
  },
  no_sender: {
    id: 'Tidak ada nomor pengirim yang dapat dipakai untuk kontak ini.',
    en: 'No sending number can be used for this contact.',
  },
  holdout: {
    id: 'Kontak ini masuk kelompok pembanding, jadi sengaja tidak dikirimi.',
    en: 'This contact is in the comparison group, so it is left out on purpose.',
  },
  cancelled: {
    id: 'Kampanye dibatalkan sebelum giliran kontak ini.',
    en: 'The campaign was cancelled before this contact was reached.',
  },
} as const satisfies Record<string, BilingualText>

export type SkipReason = keyof typeof skipReasons

export const skipReasonCodes = Object.keys(skipReasons) as [SkipReason, ...SkipReason[]]

export function isSkipReason(value: unknown): value is SkipReason {
  return typeof value === 'string' && Object.hasOwn(skipReasons, value)
}
