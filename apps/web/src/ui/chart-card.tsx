import { ChartNoAxesColumn, Table2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from './card.tsx'
import { IconButton } from './icon-button.tsx'
import { Skeleton } from './skeleton.tsx'

export type ChartTable = { head: readonly string[]; rows: readonly (readonly (string | number)[])[] }

export type ChartCardProps = {
  /** A question the chart answers: "When do people read?" */
  title: string
  /** The unit, the span, the zone. */
  text?: ReactNode
  /** The same figures as a table, behind a switch; undefined while loading, no rows when empty. */
  table: ChartTable | undefined
  /** A chart of `charts.tsx`, or anything else. */
  children: ReactNode
  heightPx?: number
  empty?: ReactNode
  aside?: ReactNode
}

/** A chart that answers the question in its title, with its figures as a table one click away. */
export function ChartCard({ title, text, table, children, heightPx = 240, empty, aside }: ChartCardProps) {
  const { t } = useTranslation('ui')
  const [asTable, setAsTable] = useState(false)
  const isEmpty = table !== undefined && table.rows.length === 0
  const toggle = table && !isEmpty && (
    <IconButton
      label={asTable ? t('chart.asChart') : t('chart.asTable')}
      icon={asTable ? <ChartNoAxesColumn aria-hidden /> : <Table2 aria-hidden />}
      size="sm"
      className="-my-1 -mr-2"
      aria-pressed={asTable}
      onClick={() => setAsTable(!asTable)}
    />
  )
  const loading = <LoadingBars label={t('chart.loading')} />
  return (
    <Card
      title={title}
      text={text}
      aside={
        <>
          {aside}
          {toggle}
        </>
      }
    >
      <div style={{ height: heightPx }} className="min-w-0" aria-busy={table === undefined}>
        {table === undefined && loading}
        {isEmpty && (
          <div className="flex h-full items-center justify-center text-sm text-subtle">
            {empty ?? t('chart.empty')}
          </div>
        )}
        {table &&
          !isEmpty &&
          (asTable ? (
            <Figures table={table} label={title} />
          ) : (
            <Suspense fallback={loading}>{children}</Suspense>
          ))}
      </div>
    </Card>
  )
}

const barHeights = ['38%', '54%', '46%', '70%', '62%', '84%', '58%']

function LoadingBars({ label }: { label: string }) {
  return (
    <div
      role="status"
      aria-label={label}
      className="flex h-full items-end gap-[6%] border-b border-line px-4"
    >
      {barHeights.map((height) => (
        <span key={height} className="flex-1" style={{ height }}>
          <Skeleton className="h-full rounded-b-none" />
        </span>
      ))}
    </div>
  )
}

function Figures({ table, label }: { table: ChartTable; label: string }) {
  return (
    <div className="h-full overflow-auto" tabIndex={0} role="group" aria-label={label}>
      <table className="w-full text-sm">
        <thead>
          <tr>
            {table.head.map((cell, index) => (
              <th
                key={index}
                scope="col"
                className={`sticky top-0 bg-surface py-1.5 text-xs font-semibold text-subtle ${index === 0 ? 'text-left' : 'text-right'}`}
              >
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index} className="border-t border-line">
              {row.map((cell, at) => (
                <td key={at} className={`py-1.5 ${at === 0 ? 'text-left' : 'text-right'}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
