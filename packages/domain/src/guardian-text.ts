import type { HaltReason } from './campaign.ts'
import type { HarmAlarm } from './guardian.ts'
import type { HaltFacts, HarmSpan } from './guardian-halt.ts'
import type { BilingualText } from './transitions.ts'

const spans: Readonly<Record<HarmSpan, BilingualText>> = {
  today: { id: 'hari ini', en: 'today' },
  since_yesterday: { id: 'sejak kemarin', en: 'since yesterday' },
  run: { id: 'dalam kampanye ini', en: 'in this campaign' },
}

type Figures = {
  readonly harmed: string
  readonly messages: string
  readonly usual: string
  readonly span: string
}

const harmTexts: Readonly<Record<HarmAlarm['harm'], Readonly<Record<'id' | 'en', (f: Figures) => string>>>> =
  {
    block: {
      id: ({ harmed, messages, span, usual }) =>
        `${harmed} dari ${messages} orang memblokir atau melaporkan nomor ini ${span}; biasanya ${usual}.`,
      en: ({ harmed, messages, span, usual }) =>
        `${harmed} of ${messages} people blocked or reported this number ${span}; usually ${usual}.`,
    },
    opt_out: {
      id: ({ harmed, messages, span, usual }) =>
        `${harmed} dari ${messages} orang berhenti berlangganan ${span}; biasanya ${usual}.`,
      en: ({ harmed, messages, span, usual }) =>
        `${harmed} of ${messages} people opted out ${span}; usually ${usual}.`,
    },
    refused: {
      id: ({ harmed, messages, span, usual }) =>
        `${harmed} dari ${messages} pesan ditolak ${span}; biasanya ${usual}.`,
      en: ({ harmed, messages, span, usual }) =>
        `${harmed} of ${messages} messages were refused ${span}; usually ${usual}.`,
    },
    wrong_number: {
      id: ({ harmed, messages, span, usual }) =>
        `${harmed} dari ${messages} nomor tujuan tidak ada di WhatsApp ${span}; biasanya ${usual}. Daftarnya mungkin lama atau salah.`,
      en: ({ harmed, messages, span, usual }) =>
        `${harmed} of ${messages} numbers were not on WhatsApp ${span}; usually ${usual}. The list may be old or wrong.`,
    },
    missing: {
      id: ({ harmed, messages, span, usual }) =>
        `${harmed} dari ${messages} pesan tidak kunjung sampai ${span}; biasanya ${usual}.`,
      en: ({ harmed, messages, span, usual }) =>
        `${harmed} of ${messages} messages did not arrive ${span}; usually ${usual}.`,
    },
  }

const reasonTexts: Readonly<Record<HaltReason, BilingualText>> = {
  guardian: {
    id: 'WhatsApp membatasi nomor pengirim karena banyak laporan atau blokir.',
    en: 'WhatsApp limits the sending number because of reports or blocks.',
  },
  sender_banned: {
    id: 'WhatsApp memblokir nomor pengirim. Siar tidak memindahkan apa pun ke nomor lain dengan sendirinya.',
    en: 'WhatsApp has banned the sending number. Siar moves nothing to another number by itself.',
  },
  account_stopped: {
    id: 'Akun WhatsApp Business ditahan karena pembayaran atau pelanggaran. Selesaikan dulu dengan WhatsApp.',
    en: 'The WhatsApp Business account is held because of payment or policy. Settle it with WhatsApp first.',
  },
  template_rejected: {
    id: 'WhatsApp menolak pesannya: templat tidak disetujui, dijeda, atau isinya tidak cocok.',
    en: 'WhatsApp refuses the message: the template is not approved, is paused, or its content does not match.',
  },
  restored: {
    id: 'Data dipulihkan dari cadangan; kampanye tidak berjalan lagi dengan sendirinya.',
    en: 'The data was restored from a backup; the campaign does not go on by itself.',
  },
}

/** Why something stands still, in plain words with the figures behind it, in both languages. */
export function haltText({ reason, alarm, senderName }: HaltFacts): BilingualText {
  const who = senderName === null ? '' : `${senderName}: `
  const say = (language: 'id' | 'en'): string =>
    who + (alarm === null ? reasonTexts[reason][language] : alarmText(alarm, language))
  return { id: say('id'), en: say('en') }
}

function alarmText(alarm: HarmAlarm & { span: HarmSpan }, language: 'id' | 'en'): string {
  const { format } = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB')
  return harmTexts[alarm.harm][language]({
    harmed: format(alarm.harmed),
    messages: format(alarm.messages),
    usual: `1 ${language === 'id' ? 'dari' : 'of'} ${format(alarm.usualOneOf)}`,
    span: spans[alarm.span][language],
  })
}
