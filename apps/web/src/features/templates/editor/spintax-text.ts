import type { TextRange } from './text-edit.ts'

/** `{a|b|c}` from its alternatives; an alternative may be empty, and may hold variables and further braces. Pure. */
export function buildChoice(alternatives: readonly string[]): string {
  return `{${alternatives.join('|')}}`
}

/**
 * The alternatives of a text that is one choice, such as `{Halo|Hai {name}}`; null for anything else (plain text, a
 * variable, several groups). Escaped signs stay as written. Pure.
 */
export function alternativesOf(text: string): string[] | null {
  if (!text.startsWith('{') || !text.endsWith('}')) return null
  const parts: string[] = []
  let depth = 0
  let from = 1
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\\') at += 1
    else if (sign === '{') depth += 1
    else if (sign === '}') depth -= 1
    else if (sign === '|' && depth === 1) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
    if (depth === 0 && at < text.length - 1) return null
  }
  if (depth !== 0 || parts.length === 0) return null
  return [...parts, text.slice(from, -1)]
}

/** The outermost groups in braces, for colouring. Unpaired signs are passed over; problems are told elsewhere. Pure. */
export function groupsOf(text: string): TextRange[] {
  const groups: TextRange[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\\') at += 1
    else if (sign === '{') {
      if (depth === 0) from = at
      depth += 1
    } else if (sign === '}' && depth > 0) {
      depth -= 1
      if (depth === 0) groups.push({ from, to: at + 1 })
    }
  }
  return groups
}

/** The outermost group around a selection, so that a helper opens with what is there; null when it stands in none. */
export function groupAround(text: string, { from, to }: TextRange): TextRange | null {
  return groupsOf(text).find((group) => group.from <= from && group.to >= to && from < group.to) ?? null
}
