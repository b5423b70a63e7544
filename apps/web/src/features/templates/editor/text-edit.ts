/** One change of a text box: `[from, to)` becomes `insert`, then `[selectFrom, selectTo)` is selected. Offsets are UTF-16 units. */
export type TextEdit = { from: number; to: number; insert: string; selectFrom: number; selectTo: number }
export type TextRange = { from: number; to: number }

export type Mark = '*' | '_' | '~' | '```'

/**
 * Puts a WhatsApp mark around the selection, or takes it off when it is there already. Spaces at the ends of the selection
 * stay outside, since WhatsApp ignores a mark beside a space. Without a selection the cursor lands between two marks. Pure.
 */
export function toggleMark(text: string, range: TextRange, mark: Mark): TextEdit {
  const { from, to } = withoutOuterSpace(text, range)
  const inner = text.slice(from, to)
  const size = mark.length
  if (inner.length > 2 * size && inner.startsWith(mark) && inner.endsWith(mark)) {
    const bare = inner.slice(size, -size)
    return { from, to, insert: bare, selectFrom: from, selectTo: from + bare.length }
  }
  if (from >= size && text.slice(from - size, from) === mark && text.slice(to, to + size) === mark) {
    const start = from - size
    return { from: start, to: to + size, insert: inner, selectFrom: start, selectTo: start + inner.length }
  }
  return {
    from,
    to,
    insert: mark + inner + mark,
    selectFrom: from + size,
    selectTo: from + size + inner.length,
  }
}

/** Replaces the selection by a text and puts the cursor behind it. Pure. */
export function insertText({ from, to }: TextRange, insert: string): TextEdit {
  return { from, to, insert, selectFrom: from + insert.length, selectTo: from + insert.length }
}

function withoutOuterSpace(text: string, { from, to }: TextRange): TextRange {
  let start = from
  let end = to
  while (start < end && /\s/.test(text[start] ?? '')) start += 1
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1
  return { from: start, to: end }
}

/**
 * Does an edit in the text box so that undo takes it back; React hears of it as if it had been typed.
 * (`insertText` of execCommand is the only way that keeps the browser's undo history.)
 */
export function applyEdit(box: HTMLTextAreaElement, edit: TextEdit): void {
  box.focus()
  box.setSelectionRange(edit.from, edit.to)
  const command = edit.insert === '' ? 'delete' : 'insertText'
  if (edit.from !== edit.to || edit.insert !== '') document.execCommand(command, false, edit.insert)
  box.setSelectionRange(edit.selectFrom, edit.selectTo)
}
