/** What begins a formula in a spreadsheet, the wide signs of East Asian keyboards included. */
const formulaStart = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const guardedStart = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** A number with its sign, or phone numbers between `:::`: digits and signs alone call nothing. */
const inert = /^[+-]?\d+(\.\d+)?$|^\+\d+( ::: \+\d+)*$/

/**
 * A text as a cell that no spreadsheet takes for a formula: what could be one begins with an apostrophe. Numbers stay as they
 * are, `+6281…` too, so that every other program reads them. `unguardCell` gives the text back.
 */
export function guardCell(text: string): string {
  return formulaStart.test(text) && !inert.test(text) ? `'${text}` : text
}

/** Takes the apostrophe of `guardCell` off again. */
export function unguardCell(cell: string): string {
  return guardedStart.test(cell) ? cell.slice(1) : cell
}
