import type { Contact } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import type { ParsedTemplate } from '@siar/domain'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useViewer } from '#app/viewer.ts'
import { contactName } from '#features/contacts/contact-name.ts'
import { useFormat } from '#i18n/format.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { PhonePreview } from '#ui/phone-preview.tsx'
import { bubbleMedia } from '../media/bubble-media.ts'
import { examplePerson } from './example-person.ts'
import { previewSamples, valuesOfContact } from './message-preview.ts'
import type { TemplateDraft } from './template-draft.ts'

const samplesMax = 10

export type MessagePhoneProps = {
  draft: TemplateDraft
  text: string
  parsed: ParsedTemplate
  knownNames: readonly string[]
}

/** The message on a phone, for the example person or a real contact, stepping through the ways it may be said. */
export function MessagePhone({ draft, text, parsed, knownNames }: MessagePhoneProps) {
  const { t } = useTranslation('templates')
  const format = useFormat()
  const { workspace } = useViewer()
  const [contact, setContact] = useState<Contact | null>(null)
  const [index, setIndex] = useState(0)
  const values = contact ? valuesOfContact(contact) : examplePerson
  const samples = previewSamples(text, knownNames, values, samplesMax)
  const at = samples.length === 0 ? 0 : index % samples.length
  const step = (by: number) => setIndex((at + by + samples.length) % samples.length)
  return (
    <div className="flex flex-col gap-4">
      <PhonePreview
        text={samples[at] ?? text}
        media={bubbleMedia(draft.media, 'full')}
        footer={draft.footer.trim() || undefined}
        {...(workspace ? { senderName: workspace.name } : {})}
        className="h-128"
      />
      {samples.length > 1 && parsed.ok && (
        <div className="flex items-center justify-center gap-2">
          <IconButton
            size="sm"
            tone="outline"
            label={t('preview.previous')}
            icon={<ChevronLeft aria-hidden />}
            onClick={() => step(-1)}
          />
          <p className="min-w-40 text-center text-xs text-muted tabular-nums" aria-live="polite">
            {t('preview.sample', { number: at + 1, samples: samples.length })}
            <span className="block text-subtle">
              {t('preview.variants', {
                count: parsed.variantsCount,
                variants: format.compact(parsed.variantsCount),
              })}
            </span>
          </p>
          <IconButton
            size="sm"
            tone="outline"
            label={t('preview.next')}
            icon={<ChevronRight aria-hidden />}
            onClick={() => step(1)}
          />
        </div>
      )}
      <PreviewPerson contact={contact} onChange={setContact} />
    </div>
  )
}

type PreviewPersonProps = { contact: Contact | null; onChange: (contact: Contact | null) => void }

function PreviewPerson({ contact, onChange }: PreviewPersonProps) {
  const { t } = useTranslation('templates')
  const [search, setSearch] = useState('')
  const query = { limit: 8, ...(search ? { search } : {}) }
  const found = useOperation(contactOperations.list, { query }, { keepPrevious: true, staleMs: 60_000 })
  const rows = found.data?.data ?? []
  const all = contact && !rows.some((row) => row.id === contact.id) ? [contact, ...rows] : rows
  return (
    <Field label={t('preview.as')} className="mx-auto w-full max-w-76">
      <Combobox
        options={all.map((row) => ({ value: row.id, label: contactName(row, t('preview.unnamed')) }))}
        value={contact?.id ?? null}
        placeholder={t('preview.example')}
        loading={found.isPending}
        onSearch={setSearch}
        onValueChange={(id) => onChange(all.find((row) => row.id === id) ?? null)}
      />
    </Field>
  )
}
