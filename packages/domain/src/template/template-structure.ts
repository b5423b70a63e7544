import type { TemplateError } from './template-error.ts'

/** Which signs of a text are structure. Indexed by offset; everything not named here is plain text. */
export type TemplateStructure = {
  /** For an opening `{`, or a `[` that is a variable: the offset of its closing sign; otherwise 0. */
  readonly closeAt: Int32Array
  /** For an opening `{`: 1 when a `|` stands at its own level. */
  readonly isChoice: Uint8Array
  readonly errors: readonly TemplateError[]
}

type Opening = { readonly at: number; readonly isBrace: boolean; hasPipe: boolean }

/**
 * Pairs braces and brackets in one pass, in time linear in the text.
 *
 * @param isBracketVariable Says of a pair of brackets whether it is a variable; otherwise the brackets stay text, and a `|`
 *        inside them belongs to the braces around.
 */
export function pairSigns(
  text: string,
  isBracketVariable: (open: number, close: number) => boolean,
): TemplateStructure {
  const closeAt = new Int32Array(text.length)
  const isChoice = new Uint8Array(text.length)
  const errors: TemplateError[] = []
  const stack: Opening[] = []

  const dropTop = (): void => {
    const dropped = stack.pop()
    const around = stack.at(-1)
    if (dropped?.hasPipe && around) around.hasPipe = true
  }
  const closeBracket = (at: number): void => {
    const open = stack.at(-1)
    if (!open || open.isBrace) return
    if (!isBracketVariable(open.at, at)) return dropTop()
    stack.pop()
    closeAt[open.at] = at
  }
  const closeBrace = (at: number, open: Opening | undefined): void => {
    if (!open) {
      errors.push({ position: at, code: 'unopened_brace' })
      return
    }
    closeAt[open.at] = at
    isChoice[open.at] = open.hasPipe ? 1 : 0
  }
  const dropBrackets = (): void => {
    while (stack.length > 0 && !stack.at(-1)?.isBrace) dropTop()
  }

  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\\' && isEscape(text, at)) at += 1
    else if (sign === '{' || sign === '[') stack.push({ at, isBrace: sign === '{', hasPipe: false })
    else if (sign === ']') closeBracket(at)
    else if (sign === '|') markPipe(stack)
    else if (sign === '}') {
      dropBrackets()
      closeBrace(at, stack.pop())
    }
  }
  for (const open of stack) if (open.isBrace) errors.push({ position: open.at, code: 'unclosed_brace' })
  return { closeAt, isChoice, errors }
}

function markPipe(stack: readonly Opening[]): void {
  const around = stack.at(-1)
  if (around) around.hasPipe = true
}

/** Tells whether a backslash at this offset escapes the sign after it. Any other backslash is just a backslash. */
export function isEscape(text: string, at: number): boolean {
  if (text[at] !== '\\') return false
  const next = text[at + 1]
  return next === '{' || next === '}' || next === '[' || next === ']' || next === '|'
}

/** Writes any text so that the grammar gives it back unchanged. */
export function escapeTemplate(text: string): string {
  return text.replace(/[{}[\]|]/g, '\\$&')
}
