import type { Contact } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Avatar } from '#ui/avatar.tsx'
import type { Column } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { ConsentBadge } from './consent-badge.tsx'
import { contactName } from './contact-name.ts'
import { phoneText } from './phone-text.ts'
import { useSourceText } from './source-text.ts'
import { TagChip } from './tag-chip.tsx'

/** What the list can show of a contact: the usual columns, further ones on request, and each custom field. */
export function useContactColumns(): Column<Contact>[] {
  const { t } = useTranslation('contacts')
  const sourceText = useSourceText()
  return [
    { id: 'name', header: t('columns.name'), primary: true, cell: (row) => <Name contact={row} /> },
    {
      id: 'phone',
      header: t('columns.phone'),
      cell: (row) => (
        <span className="whitespace-nowrap tabular-nums">{row.phone ? phoneText(row.phone) : '–'}</span>
      ),
    },
    { id: 'consent', header: t('columns.consent'), cell: (row) => <ConsentBadge {...row} /> },
    {
      id: 'tags',
      header: t('columns.tags'),
      from: 'lg',
      cell: (row) => (row.tags.length > 0 ? <Tags tags={row.tags} /> : null),
    },
    {
      id: 'lists',
      header: t('columns.lists'),
      from: 'xl',
      cell: (row) => (row.lists.length > 0 ? <Names names={row.lists.map((list) => list.name)} /> : null),
    },
    {
      id: 'last',
      header: t('columns.lastContacted'),
      from: 'md',
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          {row.lastContactedAt ? <RelativeTime at={row.lastContactedAt} /> : t('never')}
        </span>
      ),
    },
    { id: 'email', header: t('fields.email'), extra: true, cell: (row) => <Words text={row.email} /> },
    { id: 'company', header: t('fields.company'), extra: true, cell: (row) => <Words text={row.company} /> },
    { id: 'notes', header: t('fields.notes'), extra: true, cell: (row) => <Words text={row.notes} /> },
    {
      id: 'source',
      header: t('fields.source'),
      extra: true,
      cell: (row) => <Words text={sourceText(row.source)} />,
    },
    {
      id: 'created',
      header: t('fields.createdAt'),
      extra: true,
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          <RelativeTime at={row.createdAt} />
        </span>
      ),
    },
    ...useCustomColumns(),
  ]
}

function useCustomColumns(): Column<Contact>[] {
  const { t } = useTranslation('contacts')
  const format = useFormat()
  const fields = useOperation(contactOperations.listCustomFields, {}, { staleMs: 60_000 })
  const show = (value: string | number | boolean | undefined) => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    return typeof value === 'number' ? format.number(value) : (value ?? null)
  }
  return (fields.data?.data ?? []).map(({ key, label, type }) => ({
    id: `custom:${key}`,
    header: label,
    extra: true,
    numeric: type === 'number',
    cell: (row) => <Words text={show(Object.hasOwn(row.custom, key) ? row.custom[key] : undefined)} />,
  }))
}

function Words({ text }: { text: string | null }) {
  if (!text) return null
  return (
    <span className="block max-w-48 truncate text-muted" title={text}>
      {text}
    </span>
  )
}

function Name({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const name = contactName(contact, t('unnamed'))
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name.replace(/^\+.*/, '#')} size="sm" />
      <span className="max-w-40 truncate">{name}</span>
      {!contact.active && <span className="text-xs font-normal text-subtle">{t('inactive')}</span>}
    </span>
  )
}

function Tags({ tags }: { tags: Contact['tags'] }) {
  const format = useFormat()
  return (
    <span className="inline-flex items-center gap-1">
      {tags.slice(0, 2).map((tag) => (
        <TagChip key={tag.id} {...tag} />
      ))}
      {tags.length > 2 && (
        <span className="text-xs text-subtle" title={format.list(tags.map((tag) => tag.name))}>
          +{format.number(tags.length - 2)}
        </span>
      )}
    </span>
  )
}

function Names({ names }: { names: string[] }) {
  const format = useFormat()
  return (
    <span className="block max-w-30 truncate text-muted" title={format.list(names)}>
      {format.list(names)}
    </span>
  )
}
