import type { ProxyProblem } from '@siar/domain'
import { socksDispatcher } from 'fetch-socks'
import { isIP } from 'node:net'
import { Agent, ProxyAgent, request } from 'undici'
import type { Dispatcher } from 'undici'
import { findPublicAddress } from '../../outgoing-address.ts'
import { readExit } from './exit-answer.ts'
import type { Exit } from './exit-answer.ts'
import type { ProxyWay } from './proxy-way.ts'

export type ProbeResult =
  | (Exit & { readonly kind: 'good'; readonly latencyMs: number })
  | { readonly kind: 'failed'; readonly problem: ProxyProblem }
  /** The check address itself does not answer, so the check says nothing of the proxy. */
  | { readonly kind: 'inconclusive' }

export interface ProbeOptions {
  /** Tells the address it is called from. */
  readonly checkUrl: string
  /** Whether the proxy may lie in the own network of this machine. */
  readonly allowInternal: boolean
  readonly monotonicMs: () => number
  readonly signal?: AbortSignal
}

/** Of the whole probe: connecting, asking and reading. */
export const probeMsMax = 15_000
const answerBytesMax = 8_192

const refusedByLookup = { code: 'SIAR_INTERNAL' }

/**
 * Goes through a proxy to the check address once. Names behind the proxy are looked up by the proxy.
 *
 * Never rejects. Bounded by `probeMsMax`, twice that where the check address has to be tried without the proxy.
 */
export async function probeProxy(way: ProxyWay, options: ProbeOptions): Promise<ProbeResult> {
  const problem = await tryOnce(way, options)
  if (typeof problem !== 'string') return problem
  const isOfTheWay = problem !== 'no_way_out' && problem !== 'bad_answer'
  if (isOfTheWay || (await answersDirectly(options))) return { kind: 'failed', problem }
  return { kind: 'inconclusive' }
}

async function tryOnce(way: ProxyWay, options: ProbeOptions): Promise<ProbeResult | ProxyProblem> {
  let dispatcher: Dispatcher | null = null
  try {
    const address = await addressOf(way.host, options.allowInternal)
    dispatcher = dispatcherThrough(way, address)
    const startedMs = options.monotonicMs()
    const text = await ask(options, dispatcher)
    const latencyMs = Math.round(options.monotonicMs() - startedMs)
    const exit = readExit(text)
    return exit === null ? 'bad_answer' : { kind: 'good', latencyMs, ...exit }
  } catch (error) {
    return problemOf(error)
  } finally {
    await dispatcher?.destroy()
  }
}

async function answersDirectly(options: ProbeOptions): Promise<boolean> {
  const dispatcher = new Agent()
  try {
    return readExit(await ask(options, dispatcher)) !== null
  } catch {
    return false
  } finally {
    await dispatcher.destroy()
  }
}

async function ask({ checkUrl, signal }: ProbeOptions, dispatcher: Dispatcher): Promise<string> {
  const timeout = AbortSignal.timeout(probeMsMax)
  const { statusCode, body } = await request(checkUrl, {
    dispatcher,
    headers: { accept: 'application/json, text/plain' },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  })
  let text = ''
  body.setEncoding('utf8')
  for await (const chunk of body) {
    text += String(chunk)
    if (text.length > answerBytesMax) break
  }
  return statusCode === 200 ? text : ''
}

async function addressOf(host: string, allowInternal: boolean): Promise<string> {
  if (allowInternal) return host
  const address = await findPublicAddress(host)
  if (address === null) throw Object.assign(new Error('An internal address'), refusedByLookup)
  return address
}

/** Connects to `address`, which was checked, not to what the name may mean a moment later. */
function dispatcherThrough(way: ProxyWay, address: string): Dispatcher {
  const { scheme, host, port, username, password } = way
  const hasLogin = username !== '' || password !== ''
  if (scheme === 'socks5') {
    const login = hasLogin ? { userId: username, password } : {}
    return socksDispatcher({ type: 5, host: address, port, ...login }, { connect: { timeout: probeMsMax } })
  }
  const token = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const bracketed = isIP(address) === 6 ? `[${address}]` : address
  return new ProxyAgent({
    uri: `${scheme}://${bracketed}:${port}`,
    proxyTunnel: true,
    proxyTls: { timeout: probeMsMax, ...(isIP(host) === 0 ? { servername: host } : {}) },
    requestTls: { timeout: probeMsMax },
    ...(hasLogin ? { token } : {}),
  })
}

const unreachable =
  /\b(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)\b|proxy connection timed out|socket closed/i

/** Libraries tell the answer of a proxy in words only; every cause is looked at. */
function problemOf(error: unknown): ProxyProblem {
  for (let one = error, depth = 0; one instanceof Error && depth < 6; one = one.cause, depth += 1) {
    const { code, message, name } = one as Error & { code?: unknown }
    if (code === refusedByLookup.code) return 'address_not_allowed'
    const status = /Proxy response \((\d{3})\)/.exec(message)?.[1]
    if (status === '407' || status === '401' || status === '403') return 'login_refused'
    if (status !== undefined) return 'no_way_out'
    if (/Socks5 Authentication failed|initial handshake \(no accepted authentication/i.test(message))
      return 'login_refused'
    if (/Socks5 proxy rejected connection/i.test(message)) return 'no_way_out'
    if (/Invalid Socks version|invalid Socks5|HTTP Parser|Parse Error|Expected HTTP/i.test(message))
      return 'bad_answer'
    if (unreachable.test(`${String(code)} ${message}`) || name === 'TimeoutError') return 'unreachable'
  }
  return 'no_way_out'
}
