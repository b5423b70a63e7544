import type { Contact } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { languageNames, isLanguage } from '#i18n/language.ts'
import { useFormat } from '#i18n/format.ts'
import { Facts } from '#ui/facts.tsx'
import type { Fact } from '#ui/facts.tsx'
import { Notice } from '#ui/notice.tsx'
import { DateTime, RelativeTime } from '#ui/time.tsx'
import { phoneText } from './phone-text.ts'
import { ContactMerges } from './contact-merges.tsx'
import { useSourceText } from './source-text.ts'
import { TagChip } from './tag-chip.tsx'

/** The fields of one person, as they are. */
export function ContactDetails({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const facts = useFacts(contact)
  return (
    <div className="flex flex-col gap-5">
      {contact.suppressed && (
        <Notice tone="danger" title={t(`suppressed.${contact.suppressed}`)}>
          {t('details.suppressedText')}
        </Notice>
      )}
      {!contact.suppressed && contact.marketingConsent === 'unknown' && (
        <Notice title={t('details.unknownTitle')}>{t('details.unknownText')}</Notice>
      )}
      <ContactMerges contact={contact} />
      {(contact.tags.length > 0 || contact.lists.length > 0) && (
        <div className="flex flex-wrap gap-1.5">
          {contact.tags.map((tag) => (
            <TagChip key={tag.id} {...tag} />
          ))}
          {contact.lists.map((list) => (
            <span
              key={list.id}
              className="inline-flex h-5.5 items-center rounded-full bg-sunken px-2 text-xs font-medium text-muted"
            >
              {list.name}
            </span>
          ))}
        </div>
      )}
      <Facts facts={facts} />
      {contact.notes && (
        <div>
          <h3 className="text-xs font-semibold text-subtle">{t('fields.notes')}</h3>
          <p className="mt-1 whitespace-pre-wrap">{contact.notes}</p>
        </div>
      )}
    </div>
  )
}

function useFacts(contact: Contact): Fact[] {
  const { t } = useTranslation('contacts')
  const format = useFormat()
  const sourceText = useSourceText()
  const fields = useOperation(contactOperations.listCustomFields, {}, { staleMs: 60_000 })
  const custom = (fields.data?.data ?? []).flatMap((field) => {
    const value = contact.custom[field.key]
    if (value === undefined || value === '') return []
    if (typeof value === 'boolean') return [{ label: field.label, value: t(value ? 'yes' : 'no') }]
    if (typeof value === 'number') return [{ label: field.label, value: format.number(value) }]
    if (field.type === 'date') return [{ label: field.label, value: format.date(`${value}T12:00:00Z`) }]
    return [{ label: field.label, value }]
  })
  const { phone, email, company, language } = contact
  return [
    ...(phone
      ? [
          {
            label: t('fields.phone'),
            value: phoneText(phone) + (contact.isLandline ? ` (${t('landline')})` : ''),
          },
        ]
      : []),
    ...(email ? [{ label: t('fields.email'), value: email }] : []),
    ...(company ? [{ label: t('fields.company'), value: company }] : []),
    ...(isLanguage(language) ? [{ label: t('fields.language'), value: languageNames[language] }] : []),
    ...(contact.timeZone ? [{ label: t('fields.timeZone'), value: contact.timeZone }] : []),
    ...custom,
    {
      label: t('columns.lastContacted'),
      value: contact.lastContactedAt ? <RelativeTime at={contact.lastContactedAt} /> : t('never'),
    },
    { label: t('fields.source'), value: sourceText(contact.source) },
    { label: t('fields.createdAt'), value: <DateTime at={contact.createdAt} /> },
    ...(contact.active ? [] : [{ label: t('fields.active'), value: t('inactive') }]),
  ]
}
