import type { FieldTarget } from './column-words.ts'
import { normaliseHeader, targetOfHeader } from './column-words.ts'
import type { GuessContext } from './guess-context.ts'
import { shareOf } from './guess-context.ts'
import { holdsPhone } from './phone-cell.ts'

export interface SampledColumn {
  readonly index: number
  readonly header: string
  readonly cells: readonly string[]
}

interface RatedColumn extends SampledColumn {
  readonly phones: number
  readonly phoneShare: number
}

const phoneShareMin = 0.3

/** What each column holds, by its header and its cells; `ignore` for what nobody knows. One column is `phone` if any has numbers. */
export function guessTargets(
  columns: readonly SampledColumn[],
  { country, customFields }: GuessContext,
  hasHeader: boolean,
): string[] {
  const isPhone = (cell: string): boolean => holdsPhone(cell, country)
  const rated = columns.map((column) => ({
    ...column,
    phones: column.cells.filter(isPhone).length,
    phoneShare: shareOf(column.cells, isPhone),
  }))
  const guesses: string[] = columns.map(() => 'ignore')
  const taken = new Set<string>()
  const give = (column: SampledColumn | undefined, target: string): void => {
    if (column === undefined || taken.has(target) || guesses[column.index] !== 'ignore') return
    taken.add(target)
    guesses[column.index] = target
  }
  const phone = findPhoneColumn(rated)
  give(phone, 'phone')
  if (phone) for (const { index } of findFurtherPhoneColumns(rated, phone)) guesses[index] = 'other_phone'
  for (const column of columns) {
    const target: FieldTarget | null = targetOfHeader(column.header)
    if (target !== null && target !== 'phone') give(column, target)
  }
  for (const column of columns) give(column, customTarget(column.header, customFields) ?? 'ignore')
  give(
    columns.find(({ cells }) => shareOf(cells, isEmail) > 0.5),
    'email',
  )
  if (!hasHeader)
    give(
      columns.find(({ cells }) => shareOf(cells, isName) > 0.6),
      'full_name',
    )
  return guesses
}

const isNamedPhone = ({ header }: SampledColumn): boolean => targetOfHeader(header) === 'phone'

/** The column named so that holds most numbers; without a name the one that holds the largest share, if they are many. */
function findPhoneColumn(columns: readonly RatedColumn[]): RatedColumn | undefined {
  const named = columns.filter(isNamedPhone).sort((a, b) => b.phones - a.phones || a.index - b.index)
  const byShare = [...columns].sort((a, b) => b.phoneShare - a.phoneShare || a.index - b.index)
  const best =
    named.find(({ phoneShare }) => phoneShare > phoneShareMin) ??
    byShare.find(({ phoneShare }) => phoneShare > phoneShareMin)
  return best ?? named[0] ?? (columns.length === 1 ? columns[0] : undefined)
}

/** Other columns with the name of numbers: those that hold some, and numbered ones of an address book that are still empty. */
function findFurtherPhoneColumns(columns: readonly RatedColumn[], phone: RatedColumn): RatedColumn[] {
  return columns.filter((column) => {
    if (column === phone || !isNamedPhone(column)) return false
    const isEmpty = column.cells.every((cell) => cell.trim() === '')
    return isEmpty ? /\d/.test(column.header) : column.phoneShare > phoneShareMin
  })
}

function customTarget(header: string, customFields: GuessContext['customFields']): string | null {
  const words = normaliseHeader(header)
  if (words === '') return null
  const field = customFields.find(
    ({ key, label }) => normaliseHeader(key) === words || normaliseHeader(label) === words,
  )
  return field ? `custom:${field.key}` : null
}

const isEmail = (cell: string): boolean => /^\S+@\S+\.\S+$/.test(cell.trim())
const isName = (cell: string): boolean => /^[\p{L}][\p{L}\p{M}'’.\- ]*$/u.test(cell.trim())
