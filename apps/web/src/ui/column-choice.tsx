import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropdownMenu } from './dropdown-menu.tsx'
import { IconButton } from './icon-button.tsx'
import type { Column } from './table.tsx'

export type ColumnChoice<Row> = {
  /** The columns to give to the Table. */
  shown: readonly Column<Row>[]
  isShown: (id: string) => boolean
  toggle: (id: string) => void
  /** Shows exactly these besides those that always stay; ids of no column are passed over. */
  show: (ids: readonly string[]) => void
}

/**
 * Which columns of a table a person wants to see, remembered on this device under `storageKey`.
 * Primary and bare columns (names, actions) always stay; those with `extra` show when they are asked for.
 */
export function useColumnChoice<Row>(storageKey: string, columns: readonly Column<Row>[]): ColumnChoice<Row> {
  const key = `siar.columns.${storageKey}`
  const [changed, setChanged] = useState(
    () => new Set((globalThis.localStorage?.getItem(key) ?? '').split(',')),
  )
  const keep = (next: Set<string>) => {
    globalThis.localStorage?.setItem(key, [...next].filter(Boolean).join(','))
    setChanged(next)
  }
  const isShown = ({ id, extra = false }: Column<Row>) => changed.has(id) === extra
  const isFixed = (column: Column<Row>) => Boolean(column.primary || column.bare)
  const toggle = (id: string) => {
    const next = new Set(changed)
    if (!next.delete(id)) next.add(id)
    keep(next)
  }
  const show = (ids: readonly string[]) => {
    const differing = columns.filter(
      (column) => !isFixed(column) && ids.includes(column.id) === Boolean(column.extra),
    )
    keep(new Set(differing.map(({ id }) => id)))
  }
  return {
    shown: columns.filter((column) => isFixed(column) || isShown(column)),
    isShown: (id) => columns.some((column) => column.id === id && isShown(column)),
    toggle,
    show,
  }
}

export type ColumnMenuProps<Row> = {
  columns: readonly Column<Row>[]
  choice: ColumnChoice<Row>
  /** Also where rows are cards. */
  onPhones?: boolean
}

/** The button that opens the choice of columns; put it beside the filters. */
export function ColumnMenu<Row>({ columns, choice, onPhones = false }: ColumnMenuProps<Row>) {
  const { t } = useTranslation('ui')
  return (
    <DropdownMenu
      trigger={
        <IconButton
          tone="outline"
          label={t('table.columns')}
          icon={<Columns3 aria-hidden />}
          tooltip={false}
          className={onPhones ? undefined : 'max-sm:hidden'}
        />
      }
      groups={[
        {
          label: t('table.columns'),
          items: columns
            .filter((column) => !column.primary && !column.bare)
            .map((column) => ({
              id: column.id,
              label: column.header,
              checked: choice.isShown(column.id),
              keepOpen: true,
              onSelect: () => choice.toggle(column.id),
            })),
        },
      ]}
    />
  )
}
