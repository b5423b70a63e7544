import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const app = {
  id: '700000000000001',
  secret: '0123456789abcdef0123456789abcdef',
  verifyToken: 'bench-verify-token',
}
export const number = { id: '100000000000001', phone: '+6289500000001' }
export const wabaId = '500000000000001'
export const accessToken = 'EAAbenchtoken000000000000000000'

/** What Meta's side is told when it starts. */
export interface MetaLoad {
  readonly people: number
  /** Messages a second that the number may take. */
  readonly perSecond: number
  readonly latencyMs: number
}

/** What Meta's side saw, from its own record. */
export interface MetaReport {
  readonly frames: number
  /** Different people among them. */
  readonly people: number
  readonly perSecond: number
  readonly refused: number
  readonly webhookMs: readonly number[]
  /** Bodies that were answered otherwise than with 200, or not in time. */
  readonly webhooksFailed: number
  /** Statuses and messages in the bodies that were taken. */
  readonly things: number
  readonly cpuUs: number
}

export type ToMeta =
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'count' }
  | { readonly kind: 'report' }
export type FromMeta =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'webhook'; readonly isRight: boolean }
  | { readonly kind: 'count'; readonly frames: number }
  | { readonly kind: 'report'; readonly report: MetaReport }

export interface Meta {
  readonly url: string
  /** Sets where statuses are posted to, after Meta's handshake. */
  setWebhook(url: string): Promise<void>
  countFrames(): Promise<number>
  report(): Promise<MetaReport>
  close(): void
}

/** Meta's stand-in in a process of its own, so that its work is not Siar's. */
export async function startMeta(load: MetaLoad): Promise<Meta> {
  const path = fileURLToPath(new URL('./meta-process.ts', import.meta.url))
  const child = fork(path, [JSON.stringify(load)], { stdio: 'inherit' })
  const next = async <K extends FromMeta['kind']>(kind: K): Promise<Extract<FromMeta, { kind: K }>> => {
    const [message] = (await Promise.race([once(child, 'message'), failed])) as [FromMeta]
    if (message.kind !== kind) throw new Error(`the stand-in said ${message.kind}, not ${kind}`)
    return message as Extract<FromMeta, { kind: K }>
  }
  const failed = once(child, 'exit').then(() => {
    throw new Error('the stand-in ended')
  })
  failed.catch(() => undefined)
  const ask = <K extends FromMeta['kind']>(message: ToMeta, kind: K) => {
    const answer = next(kind)
    child.send(message)
    return answer
  }
  const { url } = await next('ready')
  return {
    url,
    setWebhook: async (to) => {
      const { isRight } = await ask({ kind: 'webhook', url: to }, 'webhook')
      if (!isRight) throw new Error('the handshake of the webhook failed')
    },
    countFrames: async () => (await ask({ kind: 'count' }, 'count')).frames,
    report: async () => (await ask({ kind: 'report' }, 'report')).report,
    close: () => child.disconnect(),
  }
}
