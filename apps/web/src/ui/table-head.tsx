import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from './checkbox.tsx'
import { cn } from './cn.ts'
import type { Column, Sort, TableProps } from './table-props.ts'

export function TableHead<Row>({
  columns,
  rows,
  rowKey,
  selection,
  onSelectionChange,
  sort,
  onSort,
}: TableProps<Row>) {
  const { t } = useTranslation('ui')
  const keys = rows?.map(rowKey) ?? []
  const picked = keys.filter((key) => selection?.has(key)).length
  const all = keys.length > 0 && picked === keys.length
  return (
    <thead>
      <tr>
        {selection && (
          <th className="siar-cell-pick" scope="col">
            <Checkbox
              checked={all ? true : picked > 0 ? 'indeterminate' : false}
              onCheckedChange={() => onSelectionChange?.(new Set(all ? [] : keys))}
              ariaLabel={t('table.selectAll')}
            />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            data-numeric={column.numeric || undefined}
            data-from={column.from}
            style={column.width ? { width: column.width } : undefined}
            aria-sort={sort?.by === column.id ? (sort.desc ? 'descending' : 'ascending') : undefined}
          >
            {column.sortable && onSort ? (
              <SortButton column={column} sort={sort} onSort={onSort} />
            ) : (
              column.header
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

type SortButtonProps<Row> = { column: Column<Row>; sort: Sort | undefined; onSort: (sort: Sort) => void }

function SortButton<Row>({ column, sort, onSort }: SortButtonProps<Row>) {
  const { t } = useTranslation('ui')
  const active = sort?.by === column.id
  const Icon = active ? (sort.desc ? ArrowDown : ArrowUp) : ChevronsUpDown
  return (
    <button
      type="button"
      className={cn(
        '-mx-1 inline-flex items-center gap-1 rounded-xs px-1 hover:text-ink',
        active && 'text-ink',
        column.numeric && 'flex-row-reverse',
      )}
      aria-label={t('table.sortBy', { name: column.header })}
      onClick={() => onSort({ by: column.id, desc: active ? !sort.desc : Boolean(column.numeric) })}
    >
      {column.header}
      <Icon className={cn('size-3.5', !active && 'opacity-50')} aria-hidden />
    </button>
  )
}
