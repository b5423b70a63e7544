import { assertNever } from './assert-never.ts'
import type { BilingualText } from './transitions.ts'

/** What is done about a refusal: closed. Source: channels.md §0.4. */
export const refusalActions = [
  'retry_later',
  'settle',
  'delay_recipient',
  'cool_recipient',
  'drop_recipient',
  'opt_out',
  'needs_template',
  'upload_again',
  'slow_sender',
  'stop_new_chats',
  'stop_campaign_on_sender',
  'stop_campaign',
  'stop_sender',
  'stop_account',
  'our_fault',
] as const

export type RefusalAction = (typeof refusalActions)[number]

type RefusalEntry = BilingualText & { readonly action: RefusalAction }

/** Why a channel refused a message: closed, each with its usual action and a sentence a shop owner understands. */
export const refusalReasons = {
  not_on_whatsapp: {
    action: 'drop_recipient',
    id: 'Nomor ini tidak terdaftar di WhatsApp.',
    en: 'This number is not on WhatsApp.',
  },
  undeliverable: {
    action: 'drop_recipient',
    id: 'WhatsApp tidak dapat mengantar pesan ke orang ini.',
    en: 'WhatsApp cannot deliver to this person.',
  },
  blocked_by_person: {
    action: 'drop_recipient',
    id: 'Orang ini memblokir nomor pengirim.',
    en: 'This person has blocked the sending number.',
  },
  opted_out: {
    action: 'opt_out',
    id: 'Orang ini berhenti menerima pesan promosi.',
    en: 'This person has stopped marketing messages.',
  },
  healthy_ecosystem: {
    action: 'cool_recipient',
    id: 'WhatsApp menahan pesan promosi ke orang ini untuk sementara.',
    en: 'WhatsApp is holding back marketing to this person for now.',
  },
  person_too_fast: {
    action: 'delay_recipient',
    id: 'Terlalu banyak pesan ke orang yang sama dalam waktu singkat.',
    en: 'Too many messages to the same person in a short time.',
  },
  window_closed: {
    action: 'needs_template',
    id: 'Sudah lewat 24 jam sejak pesan terakhirnya; perlu templat yang disetujui.',
    en: 'More than 24 hours since their last message; an approved template is needed.',
  },
  media_failed: {
    action: 'upload_again',
    id: 'WhatsApp tidak dapat memproses media ini.',
    en: 'WhatsApp could not process the media.',
  },
  sender_too_fast: {
    action: 'slow_sender',
    id: 'Nomor pengirim mengirim terlalu cepat.',
    en: 'The sending number is going too fast.',
  },
  new_chats_locked: {
    action: 'stop_new_chats',
    id: 'WhatsApp melarang nomor ini memulai percakapan baru untuk sementara.',
    en: 'WhatsApp does not let this number start new chats for now.',
  },
  spam_limited: {
    action: 'stop_campaign_on_sender',
    id: 'WhatsApp membatasi nomor ini karena banyak laporan atau blokir.',
    en: 'WhatsApp limits this number because of reports or blocks.',
  },
  template_rejected: {
    action: 'stop_campaign',
    id: 'Templat ini tidak disetujui, dijeda, atau isinya tidak cocok.',
    en: 'The template is not approved, is paused, or its content does not match.',
  },
  sender_signed_out: {
    action: 'stop_sender',
    id: 'Nomor pengirim terputus dari WhatsApp; sambungkan lagi.',
    en: 'The sending number is disconnected from WhatsApp; connect it again.',
  },
  sender_banned: {
    action: 'stop_sender',
    id: 'WhatsApp memblokir nomor pengirim ini.',
    en: 'WhatsApp has banned this sending number.',
  },
  account_stopped: {
    action: 'stop_account',
    id: 'Akun WhatsApp Business ini ditahan (pembayaran atau pelanggaran).',
    en: 'The WhatsApp Business account is held (payment or policy).',
  },
  sender_not_ready: {
    action: 'stop_sender',
    id: 'Nomor ini belum siap di WhatsApp Business: belum terdaftar atau namanya belum disetujui.',
    en: 'This number is not ready on WhatsApp Business: it is not registered, or its name is not approved yet.',
  },
  permission_missing: {
    action: 'stop_sender',
    id: 'Token akses tidak berhak memakai nomor ini; sambungkan lagi dengan izin yang benar.',
    en: 'The access token may not use this number; connect it again with the right permissions.',
  },
  payment_needed: {
    action: 'stop_account',
    id: 'Pembayaran akun WhatsApp Business bermasalah; periksa di Meta Business.',
    en: 'There is a problem with the payment of the WhatsApp Business account; look at it in Meta Business.',
  },
  held_for_study: {
    action: 'drop_recipient',
    id: 'WhatsApp sedang menahan pesan promosi ke orang ini untuk uji coba; tidak ditagih.',
    en: 'WhatsApp holds back marketing to this person for a study of its own; it is not charged.',
  },
  not_connected: {
    action: 'retry_later',
    id: 'Sambungan ke WhatsApp sedang terputus.',
    en: 'The connection to WhatsApp is down.',
  },
  service_busy: {
    action: 'retry_later',
    id: 'WhatsApp sedang dalam perawatan.',
    en: 'WhatsApp is under maintenance.',
  },
  service_failed: {
    action: 'settle',
    id: 'WhatsApp menjawab dengan kesalahan; belum pasti apakah pesan terkirim.',
    en: 'WhatsApp answered with an error; it is not certain whether the message went out.',
  },
  not_supported: {
    action: 'our_fault',
    id: 'Jenis pesan ini tidak dapat dikirim lewat nomor ini.',
    en: 'This kind of message cannot be sent through this number.',
  },
  bad_request: {
    action: 'our_fault',
    id: 'Pesan ini ditolak karena bentuknya salah.',
    en: 'The message was refused because it was malformed.',
  },
  other: {
    action: 'drop_recipient',
    id: 'WhatsApp menolak pesan ini.',
    en: 'WhatsApp refused this message.',
  },
} as const satisfies Record<string, RefusalEntry>

export type RefusalReason = keyof typeof refusalReasons

export const refusalReasonCodes = Object.keys(refusalReasons) as [RefusalReason, ...RefusalReason[]]

export const coolDownMs = 24 * 60 * 60 * 1000

/** Where a refusal leaves the recipient that was being dispatched. */
export type RefusedRecipientStatus = 'queued' | 'refused' | 'unknown'

/**
 * What a refusal action means for the recipient that met it; what it means for sender, campaign and account is the caller's.
 *
 * `queued` when the message may still go later, `unknown` when it may have gone, `refused` when it will not.
 */
export function recipientAfterRefusal(action: RefusalAction): RefusedRecipientStatus {
  switch (action) {
    case 'retry_later':
    case 'delay_recipient':
    case 'cool_recipient':
    case 'upload_again':
    case 'slow_sender':
    case 'stop_new_chats':
    case 'stop_campaign_on_sender':
    case 'stop_campaign':
    case 'stop_sender':
    case 'stop_account':
      return 'queued'
    case 'settle':
      return 'unknown'
    case 'drop_recipient':
    case 'opt_out':
    case 'needs_template':
    case 'our_fault':
      return 'refused'
    default:
      return assertNever(action, 'refusal action')
  }
}
