import { useTranslation } from 'react-i18next'
import { Checkbox } from './checkbox.tsx'
import { cn } from './cn.ts'
import { Skeleton } from './skeleton.tsx'
import { TableHead } from './table-head.tsx'
import type { TableProps } from './table-props.ts'
import './table.css'

export type { Column, Sort, TableProps } from './table-props.ts'

/**
 * Rows of 44 px under a sticky header; on a phone every row is a card. Scrolls sideways inside itself, never the page.
 * Sorting, selection and pages belong to the caller (usually the URL).
 */
export function Table<Row>(props: TableProps<Row>) {
  const { t } = useTranslation('ui')
  const { columns, rows, label, empty, skeletonRows = 8, selection, bulk } = props
  if (rows && rows.length === 0 && empty)
    return <div className="rounded-lg border border-line bg-surface">{empty}</div>
  const selected = props.selectedCount ?? selection?.size ?? 0
  return (
    <div className="relative min-w-0">
      {selected > 0 && (
        <div
          className="sticky top-2 z-20 mb-2 flex animate-fade flex-wrap items-center gap-2 rounded-lg border border-accent bg-accent-soft px-3 py-1.5"
          role="status"
        >
          <span className="mr-auto text-sm font-semibold text-accent-ink tabular-nums">
            {t('table.selected', { count: selected })}
          </span>
          {bulk}
        </div>
      )}
      <div className="siar-table-frame" tabIndex={0} role="group" aria-label={label}>
        <table className="siar-table" aria-busy={rows === undefined} aria-label={label}>
          <TableHead {...props} />
          <tbody>
            {rows
              ? rows.map((row) => <Row key={props.rowKey(row)} row={row} table={props} />)
              : Array.from({ length: skeletonRows }, (_, index) => (
                  <tr key={index}>
                    {selection && <td className="siar-cell-pick" />}
                    {columns.map((column) => (
                      <td
                        key={column.id}
                        data-label={column.bare || column.menu ? undefined : column.header}
                        data-from={column.from}
                        data-primary={column.primary || undefined}
                      >
                        <Skeleton
                          className={cn(
                            'h-3.5',
                            column.primary ? 'w-36' : 'w-16',
                            column.numeric && 'ml-auto',
                          )}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Row<R>({ row, table }: { row: R; table: TableProps<R> }) {
  const { t } = useTranslation('ui')
  const { columns, rowKey, rowName, onOpen, selection, onSelectionChange, activeKey } = table
  const key = rowKey(row)
  const picked = selection?.has(key) ?? false
  const togglePick = () => {
    const next = new Set(selection)
    if (!next.delete(key)) next.add(key)
    onSelectionChange?.(next)
  }
  const openFromRow = (target: EventTarget) => {
    const inControl =
      target instanceof Element && target.closest('button, a, input, label, [role="menuitem"]')
    if (!inControl && !globalThis.getSelection?.()?.toString()) onOpen?.(row)
  }
  return (
    <tr
      data-picked={picked || undefined}
      data-active={key === activeKey || undefined}
      data-opens={onOpen ? true : undefined}
      onClick={onOpen && ((event) => openFromRow(event.target))}
    >
      {selection && (
        <td className="siar-cell-pick">
          <Checkbox
            checked={picked}
            onCheckedChange={togglePick}
            ariaLabel={t('table.selectRow', { name: rowName?.(row) ?? key })}
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          data-label={column.bare || column.menu ? undefined : column.header}
          data-numeric={column.numeric || undefined}
          data-primary={column.primary || undefined}
          data-menu={column.menu || undefined}
          data-from={column.from}
        >
          {column.primary && onOpen ? (
            <button
              type="button"
              className="max-w-full text-left font-medium hover:underline"
              onClick={() => onOpen(row)}
            >
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}
