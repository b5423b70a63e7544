import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { Input, SearchInput } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { useTypedText } from '#ui/url-state.ts'
import { actionGroups } from './audit-sentence.ts'
import type { ActionGroup } from './audit-sentence.ts'

export type AuditFilter = { action: string; actor: string; from: string; to: string }
type Props = { filter: AuditFilter; onChange: (patch: Partial<AuditFilter>) => void }

/** What, who and when; kept by the caller in the address. */
export function AuditFilters({ filter, onChange }: Props) {
  const { t } = useTranslation(['settings', 'ui'])
  const [actor, setActor] = useTypedText(filter.actor, (value) => onChange({ actor: value }))
  const any = Object.values(filter).some((value) => value !== '')
  return (
    <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <SearchInput
        value={actor}
        onValueChange={setActor}
        label={t('audit.searchActor')}
        className="col-span-2 sm:w-56"
      />
      <Field label={t('audit.about')} hideLabel className="col-span-2 sm:w-48">
        <Select<ActionGroup | 'all'>
          value={actionGroups.find((group) => group === filter.action) ?? 'all'}
          onValueChange={(value) => onChange({ action: value === 'all' ? '' : value })}
          options={[
            { value: 'all', label: t('audit.allActions') },
            ...actionGroups.map((value) => ({ value, label: t(`audit.groups.${value}`) })),
          ]}
        />
      </Field>
      <Field label={t('audit.from')} className="sm:w-40">
        <Input
          type="date"
          value={filter.from}
          max={filter.to || undefined}
          onChange={(event) => onChange({ from: event.target.value })}
        />
      </Field>
      <Field label={t('audit.to')} className="sm:w-40">
        <Input
          type="date"
          value={filter.to}
          min={filter.from || undefined}
          onChange={(event) => onChange({ to: event.target.value })}
        />
      </Field>
      {any && (
        <Button
          tone="ghost"
          className="col-span-2"
          onClick={() => onChange({ action: '', actor: '', from: '', to: '' })}
        >
          {t('audit.clear')}
        </Button>
      )}
    </div>
  )
}
