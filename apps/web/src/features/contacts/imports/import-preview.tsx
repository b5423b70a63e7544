import type { Import, ImportOptions, ResponseOf } from '@siar/contract'
import { contactOperations, importOperations } from '@siar/contract'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '#app/api.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'
import { useFormat } from '#i18n/format.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Stat, StatRow } from '#ui/stat.tsx'
import { Switch } from '#ui/switch.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { phoneText } from '../phone-text.ts'
import { StepBar } from './import-frame.tsx'
import { importFields } from './import-targets.ts'
import { useReasonText } from './reason-text.ts'

type Row = ResponseOf<typeof importOperations.preview>['rows'][number]

export type ImportPreviewProps = {
  data: Import
  options: ImportOptions
  onBack: () => void
  onNext: () => void
}

/** The first rows as they would be imported, with what is wrong marked. Nothing is written. */
export function ImportPreview({ data, options, onBack, onNext }: ImportPreviewProps) {
  const { t } = useTranslation('imports')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const [onlyProblems, setOnlyProblems] = useState(false)
  const preview = usePreview(data.id, options)
  const columns = useColumns(options.mapping)
  const result = preview.data
  const rows = onlyProblems ? result?.rows.filter((row) => row.kind !== 'valid') : result?.rows
  if (preview.error) return <ProblemState error={preview.error} onRetry={() => void preview.refetch()} />
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div>
        <h2 className="text-base font-semibold">{t('preview.title')}</h2>
        <p className="mt-0.5 max-w-2xl text-muted">
          {result ? t('preview.text', { count: result.looked }) : t('preview.looking')}
        </p>
      </div>
      <StatRow columns={3}>
        <Stat label={t('counts.valid')} icon={<CircleCheck aria-hidden />} value={result?.valid} />
        <Stat label={t('counts.duplicates')} icon={<Copy aria-hidden />} value={result?.duplicates} />
        <Stat label={t('counts.invalid')} icon={<CircleX aria-hidden />} value={result?.invalid} />
      </StatRow>
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex items-center justify-between gap-3">
          <p className="text-xs text-subtle">{t('preview.rowsNote')}</p>
          <span className="flex items-center gap-2 text-xs font-medium">
            {t('preview.onlyProblems')}
            <Switch
              checked={onlyProblems}
              onCheckedChange={setOnlyProblems}
              ariaLabel={t('preview.onlyProblems')}
            />
          </span>
        </div>
        <Table
          label={t('preview.title')}
          columns={columns}
          rows={rows}
          rowKey={(row) => format.number(row.row)}
          empty={<p className="px-6 py-10 text-center text-muted">{t('preview.noProblems')}</p>}
        />
      </div>
      <StepBar back={<Button onClick={onBack}>{ui('actions.back')}</Button>}>
        <Button tone="primary" disabled={!result || result.valid === 0} onClick={onNext}>
          {t('preview.next')}
        </Button>
      </StepBar>
    </div>
  )
}

/** The preview is a POST that changes nothing, so it is read like a query, by its mapping. */
function usePreview(importId: string, { mapping, hasHeader }: ImportOptions) {
  const workspaceId = useCurrentWorkspaceId()
  return useQuery({
    queryKey: ['imports.preview', workspaceId, importId, mapping, hasHeader],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      call(importOperations.preview, { params: { importId }, body: { mapping, hasHeader }, signal }),
  })
}

function useColumns(mapping: readonly string[]): Column<Row>[] {
  const { t } = useTranslation('imports')
  const reasonText = useReasonText()
  const targetText = useTargetText()
  const rest = mapping.flatMap((target, index) =>
    target === 'ignore' || target === 'phone' ? [] : [{ target, index }],
  )
  const phoneIndex = mapping.indexOf('phone')
  return [
    { id: 'row', header: t('preview.row'), numeric: true, width: '4rem', cell: (row) => row.row },
    {
      id: 'kind',
      header: t('preview.result'),
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 max-sm:justify-end">
          <KindBadge kind={row.kind} />
          {row.reason && <span className="max-w-72 text-xs text-muted">{reasonText(row.reason)}</span>}
        </span>
      ),
    },
    {
      id: 'phone',
      header: t('targets.phone'),
      primary: true,
      cell: (row) => (
        <span className="whitespace-nowrap tabular-nums">
          {row.phone ? phoneText(row.phone) : row.cells[phoneIndex] || '–'}
        </span>
      ),
    },
    ...rest.map(({ target, index }) => ({
      id: `c${index}`,
      header: targetText(target),
      cell: (row: Row) =>
        row.cells[index] ? (
          <span className="block max-w-48 truncate text-muted">{row.cells[index]}</span>
        ) : null,
    })),
  ]
}

function useTargetText(): (target: string) => string {
  const { t } = useTranslation('imports')
  const fields = useOperation(contactOperations.listCustomFields, {}, { staleMs: 60_000 })
  return (target) => {
    const known = importFields.find((field) => field === target)
    if (known) return t(`targets.${known}`)
    const name = target.replace(/^(custom|new):/, '')
    return fields.data?.data.find((field) => field.key === name)?.label ?? name
  }
}

function KindBadge({ kind }: { kind: Row['kind'] }) {
  const { t } = useTranslation('imports')
  switch (kind) {
    case 'valid':
      return (
        <Badge tone="success" icon={<CircleCheck aria-hidden />}>
          {t('kinds.valid')}
        </Badge>
      )
    case 'duplicate':
      return (
        <Badge tone="warn" icon={<Copy aria-hidden />}>
          {t('kinds.duplicate')}
        </Badge>
      )
    case 'invalid':
      return (
        <Badge tone="danger" icon={<CircleX aria-hidden />}>
          {t('kinds.invalid')}
        </Badge>
      )
  }
}
