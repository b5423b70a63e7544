/** A run of formatted text, as WhatsApp shows it. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }

export type Block =
  | { kind: 'line'; children: Inline[] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'bullet'; children: Inline[] }
  | { kind: 'number'; label: string; children: Inline[] }
  | { kind: 'pre'; text: string }

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const
type Mark = keyof typeof marks

const linkPattern = /^(?:https?:\/\/|www\.)[^\s<>"']*[^\s<>"'.,;:!?)\]}*_~]/i

/**
 * Reads WhatsApp's marks: *bold*, _italic_, ~strike~, `code`, ```block```, `> ` quotes, `- ` and `1. ` lists, links.
 *
 * A mark counts only where WhatsApp counts it: opened after a space or punctuation, closed before one, on one line,
 * with no space just inside. Anything else stays as written. Pure.
 */
export function parseWhatsAppText(text: string): Block[] {
  return text.split(/```([\s\S]+?)```/).flatMap((part, index): Block[] => {
    if (index % 2 === 1) return [{ kind: 'pre', text: part.replace(/^\n|\n$/g, '') }]
    const trimmed = index > 0 ? part.replace(/^\n/, '') : part
    if (trimmed === '') return []
    return trimmed.replace(/\n$/, '').split('\n').map(parseLine)
  })
}

function parseLine(line: string): Block {
  if (line.startsWith('> ')) return { kind: 'quote', children: parseInline(line.slice(2)) }
  if (/^[-*] /.test(line)) return { kind: 'bullet', children: parseInline(line.slice(2)) }
  const numbered = /^(\d{1,3}\.) (.*)$/.exec(line)
  if (numbered) return { kind: 'number', label: numbered[1] ?? '', children: parseInline(numbered[2] ?? '') }
  return { kind: 'line', children: parseInline(line) }
}

function parseInline(line: string): Inline[] {
  const out: Inline[] = []
  let plain = ''
  const flush = () => {
    if (plain) out.push({ kind: 'text', text: plain })
    plain = ''
  }
  for (let at = 0; at < line.length;) {
    const found = readSpecial(line, at)
    if (found) {
      flush()
      out.push(found.node)
      at = found.end
      continue
    }
    plain += line[at]
    at += 1
  }
  flush()
  return out
}

function readSpecial(line: string, at: number): { node: Inline; end: number } | null {
  const char = line[at] ?? ''
  if (char === '`') return readCode(line, at)
  if (char in marks) return readMark(line, at, char as Mark)
  if ((char === 'h' || char === 'w' || char === 'H' || char === 'W') && isEdge(line[at - 1])) {
    const link = linkPattern.exec(line.slice(at))?.[0]
    if (link) return { node: { kind: 'link', text: link }, end: at + link.length }
  }
  return null
}

function readCode(line: string, at: number): { node: Inline; end: number } | null {
  const close = line.indexOf('`', at + 1)
  if (close <= at + 1) return null
  return { node: { kind: 'code', text: line.slice(at + 1, close) }, end: close + 1 }
}

function readMark(line: string, at: number, mark: Mark): { node: Inline; end: number } | null {
  if (!isEdge(line[at - 1]) || /\s/.test(line[at + 1] ?? ' ') || line[at + 1] === mark) return null
  for (let close = line.indexOf(mark, at + 2); close !== -1; close = line.indexOf(mark, close + 1)) {
    if (/\s/.test(line[close - 1] ?? ' ') || !isEdge(line[close + 1])) continue
    return { node: { kind: marks[mark], children: parseInline(line.slice(at + 1, close)) }, end: close + 1 }
  }
  return null
}

function isEdge(char: string | undefined): boolean {
  return char === undefined || !/[\p{L}\p{N}]/u.test(char)
}
