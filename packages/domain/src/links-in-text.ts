/** A link as people see it in a text: `[from, to)` of the text. */
export interface LinkInText {
  readonly from: number
  readonly to: number
  readonly url: string
  /** Nothing ended it: it runs to the end of the text and would go on with what is put behind it. */
  readonly runsToEnd: boolean
}

export const linkLengthMax = 2_000
/** Looked at around a link, so that no text makes this slow. */
const lineLookedAt = 500
const tailSignsMax = 50

const candidates = /https?:\/\/[^\s<>"“”`{}|\\^]+/giu
const punctuation = /[.,;:!?'’…、。]$/u
const marks = new Set(['*', '_', '~'])
const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[' }

/**
 * Finds the http and https links of a text in order.
 *
 * What belongs to the sentence stays outside: punctuation at the end, a bracket that was opened before, and the sign that
 * ends bold, italic or struck-out text. Takes time linear in the text. What is no address a browser could open, has no
 * host with a dot, or is longer than `linkLengthMax` is no link.
 */
export function findLinks(text: string): LinkInText[] {
  const found: LinkInText[] = []
  for (const match of text.matchAll(candidates)) {
    const [run] = match
    if (run.length > linkLengthMax) continue
    const url = withoutTail(run, lineBefore(text, match.index))
    if (!isWebLink(url)) continue
    const runsToEnd = match.index + run.length === text.length
    found.push({ from: match.index, to: match.index + url.length, url, runsToEnd })
  }
  return found
}

/** Tells whether a sign after a link ends it for sure. */
export function endsLink(sign: string): boolean {
  return /^[\s<>"“”`]/u.test(sign)
}

/** Tells whether a browser may be sent there: http or https, and a host with a name. */
export function isWebLink(url: string): boolean {
  if (url.length > linkLengthMax || !URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  return hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[')
}

function lineBefore(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - lineLookedAt), at)
  return near.slice(near.lastIndexOf('\n') + 1)
}

function withoutTail(run: string, before: string): string {
  let url = run
  for (let dropped = 0; dropped < tailSignsMax; dropped += 1) {
    const last = url.at(-1) ?? ''
    const opening = closing[last]
    const isForeign =
      punctuation.test(url) ||
      (opening !== undefined && countOf(url, last) > countOf(url, opening)) ||
      (marks.has(last) && countOf(before, last) % 2 === 1 && countOf(url, last) % 2 === 1)
    if (!isForeign) return url
    url = url.slice(0, -1)
  }
  return url
}

const countOf = (text: string, sign: string): number => text.split(sign).length - 1
