import type { ReactNode } from 'react'

export type Column<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Right-aligned tabular figures. */
  numeric?: boolean
  sortable?: boolean
  /** The name of the row: opens it, and becomes the title of its card on a phone. */
  primary?: boolean
  /** CSS width, such as `9rem`. */
  width?: string
  /** Left out when the window is narrower than this (cards still show it). */
  from?: 'md' | 'lg' | 'xl'
  /** Shows only when it is chosen, see `useColumnChoice`. */
  extra?: boolean
  /** No label on the phone card (actions, badges). */
  bare?: boolean
  /** The menu of the row: the last column, and the corner of the phone card. Give it an empty header. */
  menu?: boolean
}

export type Sort = { by: string; desc: boolean }

export type TableProps<Row> = {
  columns: readonly Column<Row>[]
  /** undefined while loading. */
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** What the table holds; read aloud. */
  label: string
  /** A row's name for its checkbox; needed with `selection`. */
  rowName?: (row: Row) => string
  onOpen?: (row: Row) => void
  sort?: Sort | undefined
  onSort?: (sort: Sort) => void
  selection?: ReadonlySet<string>
  onSelectionChange?: (selection: Set<string>) => void
  /** How many are selected when that is more than the rows on screen ("all 1,204 that match"). */
  selectedCount?: number | undefined
  /** Buttons shown while rows are selected. */
  bulk?: ReactNode
  /** Shown instead of rows when there are none. */
  empty?: ReactNode
  skeletonRows?: number
  /** Marks one row as the open one (its Sheet is showing). */
  activeKey?: string | null | undefined
}
