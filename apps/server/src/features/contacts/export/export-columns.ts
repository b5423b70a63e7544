import type { ContactColumn } from '@siar/contract'
import { CONTACT_COLUMNS } from '@siar/contract'
import type { BilingualText } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Language } from '../../../core.ts'
import type { ContactRow } from '../contacts.repo.ts'
import type { CustomFieldRule, CustomValue } from '../custom-value.ts'
import { guardCell } from './spreadsheet-cell.ts'

/** A contact with all ways to reach it. */
export interface ExportedContact extends ContactRow {
  readonly otherPhones: readonly string[]
  /** Under which WhatsApp hides the number. */
  readonly whatsappId: string | null
}

export interface ExportColumn {
  readonly header: string
  readonly valueOf: (contact: ExportedContact) => string
}

const consentTexts = {
  granted: { id: 'Setuju', en: 'Agreed' },
  withdrawn: { id: 'Mencabut', en: 'Withdrew' },
  unknown: { id: 'Belum ditanya', en: 'Not asked yet' },
} as const satisfies Record<string, BilingualText>

const suppressionTexts = {
  unsubscribed: { id: 'Berhenti berlangganan', en: 'Opted out' },
  spam_report: { id: 'Melaporkan spam', en: 'Reported as spam' },
  invalid: { id: 'Tidak ada di WhatsApp', en: 'Not on WhatsApp' },
  manual: { id: 'Anda blokir', en: 'Blocked by you' },
} as const satisfies Record<string, BilingualText>

const yesNo = (value: boolean, language: Language): string =>
  language === 'id' ? (value ? 'ya' : 'tidak') : value ? 'yes' : 'no'

interface Described {
  /** Words that the import knows where it can take the column back. */
  readonly header: BilingualText
  readonly valueOf: (contact: ExportedContact, language: Language) => string
}

const described = {
  fullName: { header: { id: 'Nama lengkap', en: 'Full name' }, valueOf: (row) => row.fullName },
  firstName: { header: { id: 'Nama depan', en: 'First name' }, valueOf: (row) => row.firstName },
  lastName: { header: { id: 'Nama belakang', en: 'Last name' }, valueOf: (row) => row.lastName },
  phone: { header: { id: 'Nomor WhatsApp', en: 'WhatsApp number' }, valueOf: (row) => row.phone ?? '' },
  otherPhones: {
    header: { id: 'Telepon lain', en: 'Other phone' },
    valueOf: (row) => row.otherPhones.join(' ::: '),
  },
  whatsappId: { header: { id: 'ID WhatsApp', en: 'WhatsApp ID' }, valueOf: (row) => row.whatsappId ?? '' },
  email: { header: { id: 'Email', en: 'E-mail' }, valueOf: (row) => row.email ?? '' },
  company: { header: { id: 'Perusahaan', en: 'Company' }, valueOf: (row) => row.company ?? '' },
  language: { header: { id: 'Bahasa', en: 'Language' }, valueOf: (row) => row.language ?? '' },
  timeZone: { header: { id: 'Zona waktu', en: 'Time zone' }, valueOf: (row) => row.timeZone ?? '' },
  consent: {
    header: { id: 'Persetujuan promosi', en: 'Consent to promotions' },
    valueOf: (row, language) => consentTexts[row.marketingConsent][language],
  },
  suppressed: {
    header: { id: 'Jangan kirim', en: 'Do not send' },
    valueOf: (row, language) => (row.suppressed === null ? '' : suppressionTexts[row.suppressed][language]),
  },
  tags: { header: { id: 'Tag', en: 'Tags' }, valueOf: (row) => namesOf(row.tags) },
  lists: { header: { id: 'Daftar kontak', en: 'Lists' }, valueOf: (row) => namesOf(row.lists) },
  notes: { header: { id: 'Catatan', en: 'Notes' }, valueOf: (row) => row.notes },
  source: { header: { id: 'Asal', en: 'Came from' }, valueOf: (row) => row.source },
  active: { header: { id: 'Aktif', en: 'Active' }, valueOf: (row, language) => yesNo(row.active, language) },
  lastContactedAt: {
    header: { id: 'Terakhir dihubungi', en: 'Last contacted' },
    valueOf: (row) => row.lastContactedAt?.toISOString() ?? '',
  },
  createdAt: { header: { id: 'Ditambahkan', en: 'Added' }, valueOf: (row) => row.createdAt.toISOString() },
} as const satisfies Record<ContactColumn, Described>

const namesOf = (groups: readonly { readonly name: string }[]): string =>
  groups.map(({ name }) => name).join(', ')

const isFixed = (column: string): column is ContactColumn =>
  (CONTACT_COLUMNS as readonly string[]).includes(column)

/**
 * The columns of an export with their headers and cells, in the order asked for. Every header and every cell is guarded
 * against formulas; the import guesses each column that it can take back.
 *
 * @throws AppError `validation_failed` for a custom field there is not, or a column named twice.
 */
export function exportColumns(
  columns: readonly string[],
  fields: readonly (CustomFieldRule & { readonly label: string })[],
  language: Language,
): ExportColumn[] {
  if (new Set(columns).size !== columns.length) throw refuse('each column once')
  return columns.map((column) => {
    if (isFixed(column)) {
      const { header, valueOf }: Described = described[column]
      return { header: header[language], valueOf: (contact) => guardCell(valueOf(contact, language)) }
    }
    const field = fields.find(({ key }) => `custom:${key}` === column)
    if (field === undefined) throw refuse('this custom field does not exist')
    const toText = (value: CustomValue | undefined) => guardCell(customText(value, language))
    return {
      header: guardCell(field.label),
      valueOf: ({ custom }) => toText(Object.hasOwn(custom, field.key) ? custom[field.key] : undefined),
    }
  })
}

function customText(value: CustomValue | undefined, language: Language): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return yesNo(value, language)
  return typeof value === 'number' ? numberText(value) : value
}

/** `1.125` would be read as a thousand and more; one zero behind it tells that it is a fraction. */
function numberText(value: number): string {
  const text = String(value)
  return /^-?\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : text
}

const refuse = (message: string): AppError =>
  new AppError('validation_failed', { problems: [{ path: 'columns', message }] })
