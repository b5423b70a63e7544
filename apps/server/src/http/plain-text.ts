import type { FieldProblem } from '@siar/domain'
import { AppError } from '@siar/domain'

interface Place {
  readonly path: string
  readonly value: unknown
}

/**
 * Refuses text that no column can hold: NUL characters and halves of surrogate pairs, in values and in names of fields.
 *
 * Walks with a list of its own, so that the deepest nesting a body can have does not end the process' stack.
 * @throws AppError `validation_failed` naming the first such field.
 */
export function requireStorableText(input: unknown): void {
  const open: Place[] = [{ path: '', value: input }]
  for (let place = open.pop(); place; place = open.pop()) {
    const { path, value } = place
    if (typeof value === 'string' && !isStorable(value)) throw refuse(path)
    if (typeof value !== 'object' || value === null) continue
    for (const [key, child] of Object.entries(value)) {
      if (!isStorable(key)) throw refuse(path)
      open.push({ path: path === '' ? key : `${path}.${key}`, value: child })
    }
  }
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function refuse(path: string): AppError {
  const problem: FieldProblem = { path, message: 'has characters that cannot be stored' }
  return new AppError('validation_failed', { problems: [problem] })
}
