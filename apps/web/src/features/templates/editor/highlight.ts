import type { TemplateError } from '@siar/domain'
import { groupsOf } from './spintax-text.ts'
import type { TextRange } from './text-edit.ts'

export type Piece = { text: string; isGroup: boolean; isProblem: boolean }

/** What a problem underlines: the whole `{word}` when it is about a name, else the one sign. */
export function problemRange(text: string, { position, code }: TemplateError): TextRange {
  const from = Math.min(position, text.length)
  const aboutName = code === 'unknown_variable' || code === 'invalid_name' || code === 'empty_name'
  const close = aboutName ? text.indexOf(text[from] === '[' ? ']' : '}', from) : -1
  return { from, to: close === -1 ? Math.min(from + 1, text.length) : close + 1 }
}

/** Cuts a text into pieces that are drawn alike: plain, in braces, with a problem. Joined they are the text. Pure. */
export function highlight(text: string, problems: readonly TemplateError[]): Piece[] {
  const groups = groupsOf(text)
  const wrong = problems.map((problem) => problemRange(text, problem))
  const cuts = new Set([0, text.length])
  for (const { from, to } of [...groups, ...wrong]) cuts.add(from).add(to)
  const sorted = [...cuts].sort((left, right) => left - right)
  const covers = (ranges: readonly TextRange[], at: number) =>
    ranges.some(({ from, to }) => from <= at && at < to)
  return sorted.slice(0, -1).map((from, index) => ({
    text: text.slice(from, sorted[index + 1]),
    isGroup: covers(groups, from),
    isProblem: covers(wrong, from),
  }))
}

/** Line and column of an offset, both from 1; the column counts what people see as signs, so an emoji is one. */
export function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position)
  const lastLine = before.slice(before.lastIndexOf('\n') + 1)
  return { line: before.split('\n').length, column: countSigns(lastLine) + 1 }
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** How many signs people see: an emoji of several code points is one. */
export function countSigns(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}
