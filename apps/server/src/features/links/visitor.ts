import { isbot } from 'isbot'

/** What a visit says about itself; header names in small letters. */
export interface Visit {
  readonly method: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Scanners of mail and web filters that the general list does not know. */
const scanners = /barracuda|virustotal|mimecast|proofpoint|safelinks|forcepoint|zscaler|sophos|trendmicro/i
const speculative = /prefetch|prerender|preview/i
const speculativeHeaders = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']
const ownSession = /(?:^|[;\s])(?:__Secure-)?siar\.session_token=/

/**
 * Tells whether a visit counts as a person following a link.
 *
 * Not: previews and scanners by their name, a look without the page (HEAD), a browser that fetches ahead, a program without
 * a name, and people of the shop who are signed in: they look at what they sent. A robot that calls itself a browser
 * cannot be told apart.
 */
export function isPerson({ method, headers }: Visit): boolean {
  const header = (name: string): string => String(headers[name] ?? '')
  if (method !== 'GET') return false
  if (speculativeHeaders.some((name) => speculative.test(header(name)))) return false
  const userAgent = header('user-agent')
  if (userAgent.trim() === '' || isbot(userAgent) || scanners.test(userAgent)) return false
  return !ownSession.test(header('cookie'))
}
