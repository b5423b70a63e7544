import { parsePhone } from '@siar/domain/phone'

/** Between several values of one cell, as Google Contacts writes them. */
const valueSeparator = ':::'

/** What a cell of numbers holds, each number apart: `0812… ::: 0813…`. Empty for an empty cell. */
export function splitNumbers(cell: string): string[] {
  if (!cell.includes(':::')) return cell === '' ? [] : [cell]
  return cell.split(valueSeparator).filter((part) => part.trim() !== '')
}

/** Whether a cell holds a number that can be used, without the countries a workspace allows. */
export function holdsPhone(cell: string, country: string): boolean {
  return /\d/.test(cell) && splitNumbers(cell).some((number) => parsePhone(number, country).ok)
}
