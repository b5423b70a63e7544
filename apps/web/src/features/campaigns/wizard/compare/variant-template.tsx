import { templateOperations } from '@siar/contract'
import type { Template } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { useTypedText } from '#ui/url-state.ts'

export type VariantTemplateProps = {
  /** Null for the campaign's own message. */
  templateId: string | null
  /** The campaign's own message, once it is known. */
  own: Template | null
  /** What `templateId` means, once it is known. */
  chosen: Template | null
  onChange: (templateId: string | null) => void
}

const ownValue = 'own'

/** One of the workspace's templates, or the message of the campaign itself. */
export function VariantTemplate({ templateId, own, chosen, onChange }: VariantTemplateProps) {
  const { t, i18n } = useTranslation('wizard')
  const [search, setSearch] = useState('')
  const [, setTyped] = useTypedText(search, setSearch)
  const found = useOperation(
    templateOperations.list,
    { query: { search, limit: 60 } },
    { keepPrevious: true, staleMs: 60_000 },
  )
  const others = new Map(
    [...(chosen ? [chosen] : []), ...(found.data?.data ?? [])].map((template) => [template.id, template]),
  )
  if (own) others.delete(own.id)
  return (
    <Field label={t('compare.message')}>
      <Combobox
        value={templateId === null || templateId === own?.id ? ownValue : templateId}
        onValueChange={(value) => onChange(value === ownValue ? null : value)}
        onSearch={setTyped}
        loading={found.isPending}
        options={[
          { value: ownValue, label: t('compare.own', { name: own?.name ?? '…' }) },
          ...[...others.values()].map(({ id, name, texts }) => ({
            value: id,
            label: name,
            hint: excerpt(i18n.language === 'en' ? (texts.en ?? texts.id) : (texts.id ?? texts.en)),
          })),
        ]}
      />
    </Field>
  )
}

const excerptMax = 70

function excerpt(text = ''): string {
  return text.length > excerptMax ? `${text.slice(0, excerptMax)}…` : text
}
