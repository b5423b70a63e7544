import type { Import, ImportOptions } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { ArrowRight, FileCheck2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { cn } from '#ui/cn.ts'
import { Notice } from '#ui/notice.tsx'
import { Select } from '#ui/select.tsx'
import type { Option } from '#ui/select.tsx'
import { Switch } from '#ui/switch.tsx'
import { StepBar } from './import-frame.tsx'
import { importFields, mappingProblem, newFieldTarget, withTarget } from './import-targets.ts'

export type ImportMappingProps = {
  data: Import
  options: ImportOptions
  onChange: (patch: Partial<ImportOptions>) => void
  onNext: () => void
}

/** Which column of the file holds what: guessed, with the first values as proof, to be corrected. */
export function ImportMapping({ data, options, onChange, onNext }: ImportMappingProps) {
  const { t } = useTranslation('imports')
  const problem = mappingProblem(options.mapping)
  const targets = useTargets()
  const ignored = options.mapping.filter((target) => target === 'ignore').length
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <div>
          <h2 className="text-base font-semibold">{t('mapping.title')}</h2>
          <p className="mt-0.5 max-w-xl text-muted">{t('mapping.text')}</p>
          <Recognised data={data} />
        </div>
        <Switch
          checked={options.hasHeader}
          onCheckedChange={(hasHeader) => onChange({ hasHeader })}
          label={t('mapping.hasHeader')}
          className="items-center"
        />
      </div>
      {problem && (
        <Notice tone="warn" title={t('mapping.noPhoneTitle')}>
          {t('mapping.noPhoneText')}
        </Notice>
      )}
      {options.mapping.includes('other_phone') && (
        <p className="-mb-1 max-w-xl text-muted">{t('mapping.otherPhones')}</p>
      )}
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {data.layout.columns.map((column, index) => {
          const { header, samples } = readColumn(column, data.layout.hasHeader, options.hasHeader)
          const name = header || t('mapping.column', { number: index + 1 })
          const target = options.mapping[index] ?? 'ignore'
          return (
            <li
              key={column.index}
              className="grid items-center gap-x-5 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_1.25rem_16rem]"
            >
              <div className={cn('min-w-0', target === 'ignore' && 'opacity-60')}>
                <p className="truncate font-semibold">{name}</p>
                <p className="mt-0.5 flex flex-wrap gap-x-1.5 text-xs text-subtle">
                  <Samples values={samples} />
                </p>
              </div>
              <ArrowRight className="size-4 text-subtle max-sm:hidden" aria-hidden />
              <Select
                label={t('mapping.target', { column: name })}
                value={target}
                onValueChange={(next) => onChange({ mapping: withTarget(options.mapping, index, next) })}
                options={targets(name, target)}
              />
            </li>
          )
        })}
      </ul>
      <StepBar>
        <span className="text-xs text-subtle">{ignored > 0 && t('mapping.ignored', { count: ignored })}</span>
        <Button tone="primary" disabled={problem !== null} onClick={onNext}>
          {t('mapping.next')}
        </Button>
      </StepBar>
    </div>
  )
}

function Recognised({ data: { format, layout } }: { data: Import }) {
  const { t } = useTranslation('imports')
  const kind =
    format === 'xlsx' && layout.sheet
      ? t('recognised.xlsxSheet', { sheet: layout.sheet })
      : t(`recognised.${format}`)
  return (
    <p className="mt-2 text-muted">
      <FileCheck2 className="mr-1.5 inline size-4 align-text-bottom text-success-ink" aria-hidden />
      {t('recognised.label')} <span className="font-medium break-words text-ink">{kind}</span>
    </p>
  )
}

type FileColumn = Import['layout']['columns'][number]

/** Header and first values of a column, when the first row is (or is not) taken as names against the server's own finding. */
function readColumn({ header, samples }: FileColumn, found: boolean, hasHeader: boolean) {
  if (found === hasHeader) return { header: found ? header : '', samples }
  if (hasHeader) return { header: samples[0] ?? '', samples: samples.slice(1) }
  return { header: '', samples: [header, ...samples] }
}

function Samples({ values }: { values: readonly string[] }) {
  const { t } = useTranslation('imports')
  const shown = values.filter((value) => value.trim()).slice(0, 3)
  if (shown.length === 0) return <span>{t('mapping.noSamples')}</span>
  return shown.map((value, index) => (
    <span key={index} className="max-w-40 truncate rounded-xs bg-sunken px-1.5 py-0.5 font-mono">
      {value}
    </span>
  ))
}

/** The choices for one column: contact fields, the workspace's own fields, a new field of this name, or nothing. */
function useTargets(): (name: string, current: string) => Option[] {
  const { t } = useTranslation('imports')
  const fields = useOperation(contactOperations.listCustomFields, {}, { staleMs: 60_000 })
  const custom = (fields.data?.data ?? []).map(({ key, label }) => ({ value: `custom:${key}`, label }))
  return (name, current) => {
    const all: Option[] = [
      ...importFields.map((value) => ({ value, label: t(`targets.${value}`) })),
      ...custom,
      { value: newFieldTarget(name), label: t('targets.new', { name }) },
      { value: 'ignore', label: t('targets.ignore') },
    ]
    if (all.some((option) => option.value === current)) return all
    return [{ value: current, label: current.replace(/^(custom|new):/, '') }, ...all]
  }
}
