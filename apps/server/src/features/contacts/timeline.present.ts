import type { Language } from '../../core.ts'
import type { TimelineRow } from './timeline.repo.ts'

type Texts = Readonly<Record<string, Readonly<Record<Language, string>>>>

const consentTitles: Texts = {
  granted: { id: 'Memberi persetujuan promosi', en: 'Agreed to marketing' },
  withdrawn: { id: 'Menarik persetujuan promosi', en: 'Withdrew consent to marketing' },
}

const suppressionTitles: Texts = {
  unsubscribed: { id: 'Masuk daftar jangan kirim: berhenti berlangganan', en: 'Suppressed: unsubscribed' },
  spam_report: { id: 'Masuk daftar jangan kirim: laporan spam', en: 'Suppressed: spam report' },
  invalid: { id: 'Masuk daftar jangan kirim: nomor tidak aktif', en: 'Suppressed: number not in use' },
  manual: { id: 'Masuk daftar jangan kirim oleh anggota tim', en: 'Suppressed by a member' },
}

const createdTitles: Texts = {
  import: { id: 'Ditambahkan lewat impor', en: 'Added by an import' },
  manual: { id: 'Ditambahkan manual', en: 'Added by hand' },
  api: { id: 'Ditambahkan lewat API', en: 'Added by the API' },
}

const plainTitles = {
  created: { id: 'Ditambahkan', en: 'Added' },
  message_in: { id: 'Pesan masuk', en: 'Message received' },
  message_out: { id: 'Pesan terkirim', en: 'Message sent' },
} as const

function titleOf({ kind, subject, status }: TimelineRow, language: Language): string {
  switch (kind) {
    case 'campaign':
      return subject
    case 'click':
      return language === 'id' ? `Membuka tautan di ${subject}` : `Followed a link in ${subject}`
    case 'consent':
      return consentTitles[status ?? '']?.[language] ?? subject
    case 'suppression':
      return suppressionTitles[subject]?.[language] ?? subject
    case 'created':
      return (createdTitles[subject] ?? plainTitles.created)[language]
    case 'message_in':
    case 'message_out':
      return plainTitles[kind][language]
  }
}

export function presentTimelineEntry(row: TimelineRow, language: Language) {
  return {
    kind: kindOf(row),
    title: titleOf(row, language),
    detail: row.detail,
    status: row.status,
    at: row.at.toISOString(),
  }
}

/** Kinds of the contract: a click belongs to its campaign. */
function kindOf({ kind, subject }: TimelineRow) {
  if (kind === 'created' && subject === 'import') return 'import' as const
  return kind === 'click' ? ('campaign' as const) : kind
}
