import { createHmac, randomUUID } from 'node:crypto'
import type { NetworkClock } from '../network.ts'
import type { WahaBehaviour } from './waha-options.ts'

/** One entry of a session's `config.webhooks`. */
export interface WebhookTarget {
  readonly url: string
  readonly events: readonly string[]
  readonly key: string | null
  readonly retries: {
    readonly policy: 'constant' | 'linear' | 'exponential'
    readonly delaySeconds: number
    readonly attempts: number
  }
  readonly headers: Readonly<Record<string, string>>
}

const answerMs = 10_000

function pauseSeconds({ policy, delaySeconds }: WebhookTarget['retries'], attempt: number): number {
  if (policy === 'constant') return delaySeconds
  return policy === 'linear' ? delaySeconds * attempt : delaySeconds * 2 ** (attempt - 1)
}

/** Posts webhooks as WAHA does: signed, each by itself, again after any other answer than 2xx. */
export class WebhookPost {
  private readonly closed = new AbortController()
  private readonly clock: NetworkClock
  private readonly behaviour: WahaBehaviour

  constructor(clock: NetworkClock, behaviour: WahaBehaviour) {
    this.clock = clock
    this.behaviour = behaviour
  }

  post(target: WebhookTarget, envelope: object): void {
    void this.attempt(target, Buffer.from(JSON.stringify(envelope)), randomUUID(), 1)
  }

  close(): void {
    this.closed.abort()
  }

  private async attempt(
    target: WebhookTarget,
    body: Buffer,
    requestId: string,
    attempt: number,
  ): Promise<void> {
    if (this.closed.signal.aborted || (await this.reach(target, body, requestId))) return
    if (this.behaviour.sendsWebhooksOnce || attempt >= target.retries.attempts) return
    const pauseMs = pauseSeconds(target.retries, attempt) * this.behaviour.retrySecondMs
    this.clock.later(pauseMs, () => void this.attempt(target, body, requestId, attempt + 1))
  }

  private async reach(
    { url, key, headers }: WebhookTarget,
    body: Buffer,
    requestId: string,
  ): Promise<boolean> {
    const signature: Record<string, string> =
      key === null
        ? {}
        : {
            'x-webhook-hmac': createHmac('sha512', key).update(body).digest('hex'),
            'x-webhook-hmac-algorithm': 'sha512',
          }
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.closed.signal, AbortSignal.timeout(answerMs)]),
        headers: {
          ...headers,
          ...signature,
          'content-type': 'application/json',
          'user-agent': `WAHA/${this.behaviour.version}`,
          'x-webhook-request-id': requestId,
          'x-webhook-timestamp': String(this.clock.nowMs()),
        },
      })
      await response.body?.cancel()
      return response.ok
    } catch {
      return false
    }
  }
}
