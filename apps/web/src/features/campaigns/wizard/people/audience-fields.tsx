import { contactOperations, segmentOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { idsOf, withIds } from './audience-rules.ts'
import type { AudienceRule } from './audience-rules.ts'
import { ContactField } from './contact-field.tsx'

export type AudienceFieldsProps = {
  rules: readonly AudienceRule[]
  onChange: (rules: AudienceRule[]) => void
}

/** Lists, tags, segments and single people: whoever any of them names. */
export function AudienceFields({ rules, onChange }: AudienceFieldsProps) {
  const { t } = useTranslation('wizard')
  const lists = useOperation(contactOperations.listLists, {}, { staleMs: 60_000 })
  const tags = useOperation(contactOperations.listTags, {}, { staleMs: 60_000 })
  const segments = useOperation(segmentOperations.list, {}, { staleMs: 60_000 })
  const chosenSegments = idsOf(rules, 'segment')
  const known = (segments.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const gone = segments.data ? chosenSegments.filter((id) => !known.some(({ value }) => value === id)) : []
  const toOption = ({ id, name, contacts }: { id: string; name: string; contacts: number }) => ({
    value: id,
    label: name,
    hint: t('audience.contacts', { count: contacts }),
  })
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('audience.lists')}>
        <Combobox
          multiple
          value={idsOf(rules, 'list')}
          onValueChange={(ids) => onChange(withIds(rules, 'list', ids))}
          options={lists.data?.data.map(toOption) ?? []}
          placeholder={t('audience.chooseLists')}
          loading={lists.isPending}
        />
      </Field>
      <Field label={t('audience.tags')}>
        <Combobox
          multiple
          value={idsOf(rules, 'tag')}
          onValueChange={(ids) => onChange(withIds(rules, 'tag', ids))}
          options={tags.data?.data.map(toOption) ?? []}
          placeholder={t('audience.chooseTags')}
          loading={tags.isPending}
        />
      </Field>
      <Field
        label={t('audience.segments')}
        hint={t('audience.segmentsHint')}
        error={gone.length > 0 && t('audience.segmentGone')}
      >
        <Combobox
          multiple
          value={chosenSegments}
          onValueChange={(ids) => onChange(withIds(rules, 'segment', ids))}
          options={[...known, ...gone.map((value) => ({ value, label: t('audience.deleted') }))]}
          placeholder={t('audience.chooseSegments')}
          loading={segments.isPending}
        />
      </Field>
      <ContactField
        ids={idsOf(rules, 'contact')}
        onChange={(ids) => onChange(withIds(rules, 'contact', ids))}
      />
    </div>
  )
}
