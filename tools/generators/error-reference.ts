import { errorTable, refusalReasons, skipReasons } from '@siar/domain'
import type { Generator } from './generator.ts'

const INTRODUCTION = `<!-- Written by \`npm run generate\` from packages/domain. Edit the tables there. -->
# Error codes and reasons

Codes are stable: programs may rely on them. Texts may be improved at any time.

An error answers as \`application/problem+json\` with \`code\`, \`title\` (in the language asked for) and \`requestId\`.`

interface Row {
  readonly code: string
  readonly cells: readonly (string | number)[]
}

/** docs/errors: every code the API answers with, and every reason a message was not sent. */
export const errorReference: Generator = {
  path: 'docs/errors/README.md',
  render: () =>
    Promise.resolve(
      [
        INTRODUCTION,
        section('Errors of the API', ['Code', 'Status', 'Bahasa Indonesia', 'English'], errorRows()),
        section('Why a recipient was skipped', ['Reason', 'Bahasa Indonesia', 'English'], skipRows()),
        section(
          'Why a channel refused a message',
          ['Reason', 'What Siar does', 'Bahasa Indonesia', 'English'],
          refusalRows(),
        ),
      ].join('\n\n') + '\n',
    ),
}

function errorRows(): Row[] {
  return Object.entries(errorTable).map(([code, { status, id, en }]) => ({ code, cells: [status, id, en] }))
}

function skipRows(): Row[] {
  return Object.entries(skipReasons).map(([code, { id, en }]) => ({ code, cells: [id, en] }))
}

function refusalRows(): Row[] {
  return Object.entries(refusalReasons).map(([code, { action, id, en }]) => ({
    code,
    cells: [action.replaceAll('_', ' '), id, en],
  }))
}

function section(title: string, columns: readonly string[], rows: readonly Row[]): string {
  const sorted = rows.toSorted((one, other) => (one.code < other.code ? -1 : 1))
  const lines = sorted.map(({ code, cells }) => tableLine([`\`${code}\``, ...cells]))
  return [`## ${title}`, '', tableLine(columns), tableLine(columns.map(() => '---')), ...lines].join('\n')
}

function tableLine(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
}
