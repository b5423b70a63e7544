export interface GuessContext {
  /** Country of numbers without a country code. */
  readonly country: string
  /** Custom fields of the workspace: key by header words of key and label. */
  readonly customFields: readonly { readonly key: string; readonly label: string }[]
}

/** The share of the cells that are not empty for which the test holds. */
export function shareOf(cells: readonly string[], holds: (cell: string) => boolean): number {
  const filled = cells.filter((cell) => cell.trim() !== '')
  return filled.length === 0 ? 0 : filled.filter(holds).length / filled.length
}
