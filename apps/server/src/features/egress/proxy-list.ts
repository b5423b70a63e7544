import type { proxyListProblems } from '@siar/contract'
import type { ProxyScheme } from '@siar/domain'
import { parse } from 'csv-parse/sync'
import { isIP } from 'node:net'
import { isInternalAddress } from '../../outgoing-address.ts'

export type ListProblem = (typeof proxyListProblems)[number]

export interface ListedProxy {
  readonly scheme: ProxyScheme
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string | null
  /** As the list tells it, ISO 3166-1 alpha-2. */
  readonly country: string | null
}

export interface ListLine {
  /** From 1. */
  readonly line: number
  readonly proxy: ListedProxy | null
  /** Null when the line can be used. */
  readonly problem: ListProblem | null
}

interface Parts {
  readonly scheme: string
  readonly host: string
  readonly port: string
  readonly username: string
  readonly password: string
  readonly country?: string
}

export interface ListOptions {
  /** Of lines that do not tell it. */
  readonly scheme: ProxyScheme
  readonly allowInternal: boolean
}

export const listLinesMax = 1_000

/**
 * Reads a list as shops are given it: one proxy a line, or a table with a heading. Blank lines and lines that begin with
 * `#` are passed over; everything else is told, good or bad.
 *
 * Lines: `scheme://user:password@host:port`, `user:password@host:port`, `host:port:user:password`,
 * `user:password:host:port`, `host:port@user:password`, `host:port`. Tables by comma, semicolon or tab; see `columns`.
 * Source: docs.proxy-seller.com (proxy/download), docs.brightdata.com (native access by user name and password).
 */
export function readProxyList(text: string, options: ListOptions): ListLine[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((content, index) => ({ line: index + 1, content: content.trim() }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'))
  const heading = headingOf(lines[0]?.content ?? '')
  const entries = heading === null ? lines : lines.slice(1)
  const seen = new Set<string>()
  return entries.map(({ line, content }, index) => {
    if (index >= listLinesMax) return { line, proxy: null, problem: 'beyond_limit' }
    const parts = heading === null ? partsOfLine(content) : partsOfRow(content, heading, options.scheme)
    const judged = parts === null ? 'unreadable' : judge(parts, options)
    if (typeof judged === 'string') return { line, proxy: null, problem: judged }
    const key = keyOfProxy(judged)
    const isRepeated = seen.has(key)
    seen.add(key)
    return { line, proxy: judged, problem: isRepeated ? 'repeated' : null }
  })
}

/** Two proxies with the same key are one. */
export function keyOfProxy({
  scheme,
  host,
  port,
  username,
}: Omit<ListedProxy, 'password' | 'country'>): string {
  return JSON.stringify([scheme, host, port, username])
}

type Column = keyof Parts | 'socksPort'

/** What a column may be called, in small letters without spaces and marks. */
const columns: Readonly<Record<string, Column>> = {
  ip: 'host',
  iponly: 'host',
  ipaddress: 'host',
  host: 'host',
  hostname: 'host',
  server: 'host',
  address: 'host',
  proxyhost: 'host',
  proxyaddress: 'host',
  port: 'port',
  proxyport: 'port',
  porthttp: 'port',
  httpport: 'port',
  httpsport: 'port',
  portsocks: 'socksPort',
  portsocks5: 'socksPort',
  socksport: 'socksPort',
  socks5port: 'socksPort',
  login: 'username',
  user: 'username',
  username: 'username',
  password: 'password',
  pass: 'password',
  protocol: 'scheme',
  scheme: 'scheme',
  proto: 'scheme',
  type: 'scheme',
  country: 'country',
  countrycode: 'country',
  countryalpha2: 'country',
}

interface Heading {
  readonly delimiter: string
  readonly columns: readonly (Column | null)[]
}

function cellsOf(content: string, delimiter: string): string[] {
  try {
    const [row] = parse(content, { delimiter, trim: true, relax_column_count: true, relax_quotes: true })
    return row ?? []
  } catch {
    return []
  }
}

function headingOf(content: string): Heading | null {
  for (const delimiter of [',', ';', '\t']) {
    const names = cellsOf(content, delimiter).map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, ''))
    const found = names.map((name) => columns[name] ?? null)
    const used = found.map((column, index) => (found.indexOf(column) === index ? column : null))
    if (used.includes('host') && (used.includes('port') || used.includes('socksPort')))
      return { delimiter, columns: used }
  }
  return null
}

/** A shop that gives both kinds of port names them apart; the one of the kind that is wanted counts. */
function partsOfRow(content: string, heading: Heading, scheme: ProxyScheme): Parts | null {
  const cells = cellsOf(content, heading.delimiter)
  const at = (column: Column): string => cells[heading.columns.indexOf(column)] ?? ''
  if (at('host') === '') return null
  const [first, other] =
    scheme === 'socks5' ? (['socksPort', 'port'] as const) : (['port', 'socksPort'] as const)
  const hasTwo = heading.columns.includes('port') && heading.columns.includes('socksPort')
  const told = hasTwo ? scheme : at('scheme')
  return {
    scheme: told === '' && first === 'port' && at('port') === '' ? 'socks5' : told,
    host: at('host'),
    port: at(first) || at(other),
    username: at('username'),
    password: at('password'),
    country: at('country'),
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function partsOfLine(content: string): Parts | null {
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*?)\/?$/i.exec(content) ?? []
  if (scheme === '') return partsByDelimiter(rest) ?? partsBySign(rest)
  const parts = partsBySign(rest)
  if (parts === null) return null
  return { ...parts, scheme, username: decode(parts.username), password: decode(parts.password) }
}

function partsByDelimiter(text: string): Parts | null {
  const [delimiter] = /[,;\t]/.exec(text) ?? []
  if (delimiter === undefined || text.includes('@')) return null
  const [host = '', port = '', username = '', password = ''] = cellsOf(text, delimiter)
  return { scheme: '', host, port, username, password }
}

function partsBySign(text: string): Parts | null {
  const at = text.lastIndexOf('@')
  return at < 0 ? partsByColon(text) : partsByAt(text.slice(0, at), text.slice(at + 1))
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text)

function splitHost(text: string): { host: string; port: string } | null {
  const [, host = '', port = ''] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(text) ?? []
  return host === '' ? null : { host, port }
}

function splitLogin(text: string): { username: string; password: string } {
  const colon = text.indexOf(':')
  if (colon < 0) return { username: text, password: '' }
  return { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** `user:password@host:port`, else `host:port@user:password`. */
function partsByAt(left: string, right: string): Parts | null {
  const after = splitHost(right)
  const before = splitHost(left)
  if (after !== null && (before === null || looksLikeHost(after.host) || !looksLikeHost(before.host)))
    return { scheme: '', ...after, ...splitLogin(left) }
  return before === null ? null : { scheme: '', ...before, ...splitLogin(right) }
}

const looksLikeHost = (text: string): boolean => text.includes('.') || text.startsWith('[')

/** `host:port[:user:password]`, else `user:password:host:port`; a password may hold colons only at the end. */
function partsByColon(text: string): Parts | null {
  const [, bracketed, tail] = /^(\[[^\]]+\])(?::(.*))?$/.exec(text) ?? []
  const cells = bracketed === undefined ? text.split(':') : [bracketed, ...(tail ?? '').split(':')]
  const [host = '', port = '', username = '', ...password] = cells
  if (isPort(port)) return { scheme: '', host, port, username, password: password.join(':') }
  const [user = '', secret = '', lastHost = '', lastPort = ''] = cells
  if (cells.length === 4 && isPort(lastPort))
    return { scheme: '', host: lastHost, port: lastPort, username: user, password: secret }
  return null
}

const schemeNames: Readonly<Record<string, ProxyScheme>> = {
  http: 'http',
  https: 'https',
  socks: 'socks5',
  socks5: 'socks5',
  socks5h: 'socks5',
}

const hostPattern =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/** Whether something that was entered can be the host of a proxy; a name with digits only is a mistyped address. */
export function isHost(host: string): boolean {
  return isIP(host) !== 0 || (hostPattern.test(host) && /[a-z]/.test(host.split('.').at(-1) ?? ''))
}

function judge(parts: Parts, { scheme: fallback, allowInternal }: ListOptions): ListedProxy | ListProblem {
  const scheme = parts.scheme === '' ? fallback : schemeNames[parts.scheme.toLowerCase()]
  if (scheme === undefined) return 'scheme_unknown'
  const host = parts.host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
  if (!isHost(host)) return 'host_malformed'
  const port = isPort(parts.port) ? Number(parts.port) : 0
  if (port < 1 || port > 65_535) return 'port_malformed'
  if (!allowInternal && isInternalHost(host)) return 'address_not_allowed'
  const { username, password, country = '' } = parts
  if (username.length > 300 || password.length > 300) return 'unreadable'
  return {
    scheme,
    host,
    port,
    username,
    password: password === '' ? null : password,
    country: /^[a-z]{2}$/i.test(country) ? country.toUpperCase() : null,
  }
}

/** Whether a host lies in the own network of this machine as it stands; a name is looked up when it is used. */
export function isInternalHost(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && isInternalAddress(host))
}
