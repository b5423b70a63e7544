import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropdownMenu } from './dropdown-menu.tsx'
import { IconButton } from './icon-button.tsx'
import type { Column } from './table.tsx'

export type ColumnChoice<Row> = {
  /** The columns to give to the Table. */
  shown: readonly Column<Row>[]
  hidden: ReadonlySet<string>
  toggle: (id: string) => void
}

/**
 * Which columns of a table a person wants to see, remembered on this device under `storageKey`.
 * Primary and bare columns (names, actions) always stay.
 */
export function useColumnChoice<Row>(storageKey: string, columns: readonly Column<Row>[]): ColumnChoice<Row> {
  const key = `siar.columns.${storageKey}`
  const [hidden, setHidden] = useState(
    () => new Set((globalThis.localStorage?.getItem(key) ?? '').split(',')),
  )
  const toggle = (id: string) => {
    const next = new Set(hidden)
    if (!next.delete(id)) next.add(id)
    globalThis.localStorage?.setItem(key, [...next].filter(Boolean).join(','))
    setHidden(next)
  }
  return {
    shown: columns.filter((column) => column.primary || column.bare || !hidden.has(column.id)),
    hidden,
    toggle,
  }
}

export type ColumnMenuProps<Row> = { columns: readonly Column<Row>[]; choice: ColumnChoice<Row> }

/** The button that opens the choice of columns; put it beside the filters. */
export function ColumnMenu<Row>({ columns, choice }: ColumnMenuProps<Row>) {
  const { t } = useTranslation('ui')
  return (
    <DropdownMenu
      trigger={
        <IconButton
          tone="outline"
          label={t('table.columns')}
          icon={<Columns3 aria-hidden />}
          tooltip={false}
          className="max-sm:hidden"
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
              checked: !choice.hidden.has(column.id),
              keepOpen: true,
              onSelect: () => choice.toggle(column.id),
            })),
        },
      ]}
    />
  )
}
