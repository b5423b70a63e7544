import { useTranslation } from 'react-i18next'
import { Combobox } from '#ui/combobox.tsx'
import { SearchInput } from '#ui/input.tsx'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/select.tsx'
import { useTypedText } from '#ui/url-state.ts'
import { useListChoices, useSegmentChoices, useTagChoices } from './choices.ts'
import type { ContactView } from './contact-view.ts'

const reachabilities = ['any', 'granted', 'unknown', 'withdrawn', 'suppressed'] as const

export type ContactFiltersProps = {
  view: ContactView
  onChange: (patch: Partial<ContactView>) => void
  isFiltered: boolean
  onClear: () => void
}

/** Search and filters of the contact list; every value lives in the URL. */
export function ContactFilters({ view, onChange, isFiltered, onClear }: ContactFiltersProps) {
  const { t } = useTranslation('contacts')
  const lists = useListChoices()
  const tags = useTagChoices()
  const segments = useSegmentChoices()
  const [text, setText] = useTypedText(view.search, (search) => onChange({ search }))
  const current = reachabilities.find((name) => name === view.consent) ?? 'any'
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput value={text} onValueChange={setText} label={t('filters.search')} className="sm:w-72" />
      <Select
        label={t('filters.consent')}
        value={current}
        onValueChange={(consent) => onChange({ consent: consent === 'any' ? '' : consent })}
        options={reachabilities.map((value) => ({ value, label: t(`filters.reach.${value}`) }))}
        className="w-48 max-sm:flex-1"
      />
      <Combobox
        label={t('filters.list')}
        placeholder={t('filters.anyList')}
        options={lists.options}
        loading={lists.loading}
        value={view.list || null}
        onValueChange={(list) => onChange({ list: list ?? '' })}
        className="w-40 max-sm:flex-1"
      />
      <Combobox
        label={t('filters.tag')}
        placeholder={t('filters.anyTag')}
        options={tags.options}
        loading={tags.loading}
        value={view.tag || null}
        onValueChange={(tag) => onChange({ tag: tag ?? '' })}
        className="w-36 max-sm:flex-1"
      />
      <Combobox
        label={t('filters.segment')}
        placeholder={t('filters.anySegment')}
        options={segments.options}
        loading={segments.loading}
        value={view.segment || null}
        onValueChange={(segment) => onChange({ segment: segment ?? '' })}
        className="w-44 max-sm:flex-1"
      />
      {isFiltered && (
        <Button tone="ghost" onClick={onClear}>
          {t('filters.clear')}
        </Button>
      )}
    </div>
  )
}
