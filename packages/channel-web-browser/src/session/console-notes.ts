import type { SessionNote } from '@siar/channel'

const detailMax = 160
const perMinuteMax = 6

/**
 * What may be told of a console error: its shape, without numbers, ids, addresses, quoted text, or anything outside of
 * plain Latin letters.
 */
export function scrubConsoleText(text: string): string {
  const line = text.split('\n', 1)[0] ?? ''
  return line
    .slice(0, 2_000)
    .replaceAll(/(["'`“”‘’«»])(?:(?!\1).)*(?:\1|$)/g, '…')
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '<address>')
    .replaceAll(/\S*@\S*/g, '<id>')
    .replaceAll(/[A-Za-z0-9+/_=-]{24,}/g, '<id>')
    .replaceAll(/[+(]?\d(?:[\s().-]{0,2}\d){4,}/g, '#')
    .replaceAll(/[^\x20-\x7e…]+/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, detailMax)
}

/** Notes of console errors, at most a few a minute and each only once in it. */
export function createConsoleNotes(now: () => Date): (text: string) => SessionNote | null {
  let minute = -1
  let told = new Set<string>()
  return (text) => {
    const at = now()
    const current = Math.floor(at.getTime() / 60_000)
    if (current !== minute) {
      minute = current
      told = new Set()
    }
    const detail = scrubConsoleText(text)
    if (detail === '' || told.has(detail) || told.size >= perMinuteMax) return null
    told.add(detail)
    return { type: 'note', kind: 'console_error', detail, at }
  }
}
