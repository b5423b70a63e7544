import type { Import } from '@siar/contract'

export type ImportPace = {
  /** 0..1; null while nobody knows how many rows there are. */
  ratio: number | null
  /** null before anything can be measured. */
  rowsPerSecond: number | null
  leftMs: number | null
}

/** How fast a running import goes and how long it will take, from its start until `nowMs`. The estimate may be low: never more than 99 % before the end. */
export function importPace(
  { startedAt, rowsDone, rowsEstimated }: Pick<Import, 'startedAt' | 'rowsDone' | 'rowsEstimated'>,
  nowMs: number,
): ImportPace {
  const ratio = rowsEstimated > 0 ? Math.min(0.99, rowsDone / rowsEstimated) : null
  const spentMs = startedAt === null ? 0 : nowMs - new Date(startedAt).getTime()
  if (spentMs < 1000 || rowsDone === 0) return { ratio, rowsPerSecond: null, leftMs: null }
  const rowsPerSecond = rowsDone / (spentMs / 1000)
  const rowsLeft = Math.max(0, rowsEstimated - rowsDone)
  return { ratio, rowsPerSecond, leftMs: rowsEstimated > 0 ? (rowsLeft / rowsPerSecond) * 1000 : null }
}
